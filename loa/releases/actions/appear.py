"""Appear: a page somebody has open on a release was heard of."""

from datetime import timedelta

from loa.accounts.models import Person
from loa.lib import clock
from loa.releases.models import Presence, Release

FORGOTTEN = timedelta(days=1)
OFTEN = timedelta(seconds=15)  # a page that was heard of within these is not written down again


def appear(person: Person, release: Release, *, page: str, revision: int | None = None) -> None:
    """Its row is renewed; `revision` is what it was made of, when it is new. Pages not heard of for a day go."""
    now, name = clock.now(), f"{person.pk}:{page}"[:40]
    rows = Presence.objects.filter(page=name, release=release)
    if revision is None:
        seen = rows.values_list("seen_at", flat=True).first()
        if seen is None or now - seen > OFTEN:
            rows.update(seen_at=now)
        return
    said = {"release": release, "person": person, "revision": revision, "seen_at": now}
    _row, is_new = Presence.objects.update_or_create(page=name, defaults=said)
    if is_new:
        Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
