"""Days as lists of pages write them."""

from datetime import date

from django import template
from django.utils.translation import get_language

from loa.lib import dates

register = template.Library()


@register.filter
def on_day(day: date) -> str:
    """A day in words: "28 tháng 11, 2026"."""
    return dates.day_in_words(day, get_language() or "vi")
