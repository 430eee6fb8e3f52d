"""Days as a chart and its table write them."""

from datetime import date

from django import template
from django.utils.translation import get_language

from loa.lib import dates

register = template.Library()


@register.filter
def in_figures(day: date) -> str:
    """A day in figures: "28/11/2026"."""
    return dates.day_in_figures(day, get_language() or "vi")


@register.filter
def under_a_bar(day: date) -> str:
    """A day where there is little room: "28/11", in English "28 Nov"."""
    return f"{day.day} {day:%b}" if get_language() == "en" else f"{day.day}/{day.month}"
