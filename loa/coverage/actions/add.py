"""Add: a member writes down where a release was published elsewhere; the worker reads the page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.audit.actions.record import record
from loa.coverage import rules
from loa.coverage.errors import AlreadyThere, TooMany
from loa.coverage.models import Clipping
from loa.lib import clock, tokens
from loa.limits.actions.take import take


def add(person: Person, entry: Entry, *, typed: str) -> Clipping:
    """The row that waits to be read. Raises NotAWebAddress, OwnPage, AlreadyThere, TooMany."""
    address = rules.read(typed)
    rules.refuse_own(entry, address)
    if not take(f"coverage:{person.pk}", limit=rules.AN_HOUR, seconds=3600):
        raise TooMany
    now = clock.now()
    with transaction.atomic():
        Entry.objects.select_for_update().get(pk=entry.pk)  # two at once count one after the other
        if Clipping.objects.filter(entry=entry).count() >= rules.MOST:
            raise TooMany
        row, is_new = Clipping.objects.get_or_create(
            entry=entry, digest=tokens.digest(address.encode()),
            defaults={
                "url": address, "host": (urlsplit(address).hostname or "")[:255], "added_by": person, "added_at": now,
                "due_at": now, **({} if settings.LOA_CHECK_LINKS else {"read_at": now, "trouble": "off"}),
            },
        )  # fmt: skip
        if not is_new:
            raise AlreadyThere
        record(actor(person), act="coverage.add", subject=f"entry:{entry.public_id}", detail={"url": address})
    return row
