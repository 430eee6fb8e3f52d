"""Makes the renditions that are asked for: claim with a lease, draw in the limited process, settle."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Sum

from loa.lib import clock
from loa.media import queries, store
from loa.media.decode import render
from loa.media.errors import NotAPicture
from loa.media.models import Picture, Rendition, State

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 4


def make_due() -> int:
    """All that is due of one picture, drawn at once; returns how many were made. May run twice and beside others."""
    first = queries.due(clock.now()).select_related("picture").first()
    if first is None:
        return 0
    mine = _claim(first.picture)
    return _make(first.picture, mine) if mine else 0


def _claim(picture: Picture) -> list[Rendition]:
    """What of a picture is due and nobody else was quicker to take; the moment of the lease says whose it is."""
    now = clock.now()
    lease = now + LEASE
    queries.due(now).order_by().filter(picture=picture).update(state=State.LEASED, lease_until=lease)
    return list(Rendition.objects.filter(picture=picture, state=State.LEASED, lease_until=lease).order_by("-width"))


def _make(picture: Picture, rows: list[Rendition]) -> int:
    asked = [(row.width, row.format) for row in rows]
    try:
        files = render(store.get(picture.file_name), asked=asked, said=picture.said)
    except (NotAPicture, OSError):
        for row in rows:
            _put_back(row)
        return 0
    for (width, form), data in zip(asked, files, strict=True):
        store.put(f"{picture.public_id}-{width}.{form}", data)
    with transaction.atomic():
        for row, data in zip(rows, files, strict=True):
            Rendition.objects.filter(pk=row.pk).update(size=len(data))
        # What was asked for anew meanwhile (its words changed) is pending again and stays so.
        leased = Rendition.objects.filter(pk__in=[row.pk for row in rows], lease_until=rows[0].lease_until)
        leased.filter(state=State.LEASED).update(state=State.MADE, lease_until=None)
        _count(picture)
    return len(files)


def _count(picture: Picture) -> None:
    """What its renditions take, beside the picture."""
    beside = Rendition.objects.filter(picture=picture).aggregate(bytes=Sum("size"))["bytes"] or 0
    Picture.objects.filter(pk=picture.pk).update(beside=beside)


def _put_back(row: Rendition) -> None:
    attempts = row.attempts + 1
    pause = timedelta(seconds=30 * 2**attempts)
    is_over = attempts >= MOST_ATTEMPTS
    with transaction.atomic():
        mine = Rendition.objects.filter(pk=row.pk, state=State.LEASED, lease_until=row.lease_until)
        mine.update(
            state=State.FAILED if is_over else State.PENDING, attempts=attempts, lease_until=None,
            not_before=clock.now() + pause, **({"size": 0} if is_over else {}),
        )  # fmt: skip
        if is_over:
            _count(row.picture)
