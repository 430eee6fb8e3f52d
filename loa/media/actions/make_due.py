"""Makes the renditions that are asked for: claim with a lease, draw in the limited process, settle."""

from datetime import timedelta

from django.db.models import QuerySet

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
    now = clock.now()
    rows = queries.due(now).order_by().filter(picture=first.picture)
    wanted = list(rows.values_list("width", "format"))
    mine = [pair for pair in wanted if _claim(first.picture, pair)]
    return _make(first.picture, mine) if mine else 0


def _claim(picture: Picture, pair: tuple[int, str]) -> bool:
    now = clock.now()
    rows = queries.due(now).order_by().filter(picture=picture, width=pair[0], format=pair[1])
    return rows.update(state=State.LEASED, lease_until=now + LEASE) == 1


def _make(picture: Picture, pairs: list[tuple[int, str]]) -> int:
    pairs.sort(key=lambda pair: (-pair[0], pair[1]))
    try:
        files = render(store.get(picture.file_name), asked=pairs, said=picture.said)
    except (NotAPicture, OSError):
        for pair in pairs:
            _put_back(picture, pair)
        return 0
    for (width, form), data in zip(pairs, files, strict=True):
        store.put(f"{picture.public_id}-{width}.{form}", data)
        _leased(picture, (width, form)).update(state=State.MADE, lease_until=None)
    return len(files)


def _put_back(picture: Picture, pair: tuple[int, str]) -> None:
    row = _leased(picture, pair).first()
    if row is None:
        return
    attempts = row.attempts + 1
    pause = timedelta(seconds=30 * 2**attempts)
    _leased(picture, pair).update(
        state=State.FAILED if attempts >= MOST_ATTEMPTS else State.PENDING, attempts=attempts, lease_until=None,
        not_before=clock.now() + pause,
    )  # fmt: skip


def _leased(picture: Picture, pair: tuple[int, str]) -> QuerySet[Rendition]:
    return Rendition.objects.filter(picture=picture, width=pair[0], format=pair[1], state=State.LEASED)
