"""Removes windows that are over."""

from loa.lib import clock
from loa.limits.models import Window


def sweep() -> int:
    """Delete counts whose window has ended; returns how many."""
    return Window.objects.filter(ends__lt=int(clock.now().timestamp())).delete()[0]
