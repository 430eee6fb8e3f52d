"""Appear: a page somebody has open on a release was heard of."""

from datetime import timedelta

from loa.accounts.models import Person
from loa.lib import clock
from loa.releases.models import Presence, Release

FORGOTTEN = timedelta(days=1)


def appear(person: Person, release: Release, *, page: str, revision: int) -> None:
    """Its row is renewed; pages nobody heard of for a day go."""
    now = clock.now()
    name = f"{person.pk}:{page}"[:40]
    said = {"release": release, "person": person, "revision": revision, "seen_at": now}
    _row, is_new = Presence.objects.update_or_create(page=name, defaults=said)
    if is_new:
        Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
