"""Forget: names that few readers brought go after some weeks, for they might tell of somebody; the sums stay."""

from collections import Counter
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Sum, Window

from loa.lib import clock
from loa.stats.actions.count import Tallies, add
from loa.stats.models import Tally, What
from loa.stats.rules import RARE

KEPT = timedelta(days=35)
AT_ONCE = 5_000  # rows


def forget() -> bool:
    """Drop rare words, and sum rare sites under no name; says whether there is more. Twice does nothing more."""
    words, sites = _rare(What.WORD), _rare(What.FROM)
    Tally.objects.filter(pk__in=words).delete()
    _sum(sites)
    return AT_ONCE in (len(words), len(sites))


def _sum(ids: list[int]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        rows = Tally.objects.filter(pk__in=ids).select_for_update()
        sums: Tallies = Counter()
        for row in rows:
            sums[row.entry_id, row.day, row.what, ""] += row.count
        add(cursor, sums)
        rows.delete()


def _rare(what: What) -> list[int]:
    """Some rows of names that came up less than RARE times at an entry, all old days together.

    They are looked for before anything is locked, since years of days are looked through; nothing is added to old days.
    """
    before = (clock.now() - KEPT).date()
    total = Window(Sum("count"), partition_by=[F("entry"), F("name")])
    old = Tally.objects.filter(what=what, day__lt=before).exclude(name="").annotate(total=total)
    return list(old.filter(total__lt=RARE).values_list("pk", flat=True)[:AT_ONCE])
