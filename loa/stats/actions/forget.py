"""Forget: what is finer than needed goes after some weeks; the sums by day stay."""

from datetime import timedelta

from django.db.models import Sum

from loa.lib import clock
from loa.stats.models import HourlyViews, Tally, What

HOURS_KEPT = timedelta(days=35)
WORDS_KEPT = timedelta(days=35)  # words that few have searched for: they might tell of somebody
RARE = 5


def forget() -> None:
    """Twice does nothing more."""
    now = clock.now()
    HourlyViews.objects.filter(hour__lt=now - HOURS_KEPT).delete()
    old = Tally.objects.filter(what=What.WORD, day__lt=(now - WORDS_KEPT).date())
    rare = old.values("entry", "name").annotate(total=Sum("count")).filter(total__lt=RARE)
    for row in rare.order_by()[:5_000]:
        old.filter(entry=row["entry"], name=row["name"]).delete()
