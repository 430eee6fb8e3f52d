"""Months as tables and drawings write them."""

from datetime import date

from django import template
from django.utils.translation import get_language

from loa.lib import dates

register = template.Library()


@register.filter
def month(first: date) -> str:
    """The month of a day in words: "Tháng 11, 2026"."""
    return dates.month_in_words(first.year, first.month, get_language() or "vi")


@register.filter
def month_in_figures(first: date) -> str:
    """The same where there is little room: "11/2026"."""
    return f"{first.month}/{first.year}"
