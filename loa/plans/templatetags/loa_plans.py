"""Names and prices of plans the way the reader's language writes them."""

from django import template
from django.utils.translation import get_language

from loa.lib import money
from loa.plans.models import Plan

register = template.Library()


@register.filter
def named(plan: Plan) -> str:
    """The plan's name."""
    return plan.name(get_language() or "vi")


@register.filter
def included(plan: Plan) -> list[str]:
    """What belongs to it, a line each."""
    return plan.included(get_language() or "vi")


@register.filter
def price(plan: Plan) -> str:
    """What it costs for its period: "2.000.000 ₫", "VND 2,000,000"."""
    return money.shown(plan.price, plan.currency, get_language() or "vi")
