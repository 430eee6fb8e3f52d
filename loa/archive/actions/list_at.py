"""List at: a sister's lists lead to an entry, are asked to, or do no longer."""

from django.db import transaction

from loa.archive.actions.shelve import put_on_wire
from loa.archive.models import CrossListing, Entry, Notice
from loa.lib import clock
from loa.portals.models import Portal
from loa.topics.models import Section


def list_at(entry: Entry, portal: Portal, *, state: str, section: Section | None = None) -> CrossListing:
    """Inside the caller's transaction; where readers see a difference, a notice tells search and stored pages."""
    now, listed = clock.now(), CrossListing.State.LISTED
    with transaction.atomic():
        row, _ = CrossListing.objects.select_for_update().get_or_create(
            entry=entry, portal=portal, defaults={"state": "", "asked_at": now}
        )
        before, row.state = row.state, state
        if section is not None:
            row.section = section
        if state != CrossListing.State.ASKED:
            row.decided_at = now
        row.save()
        if entry.current is not None and (before == listed) != (state == listed):
            put_on_wire(entry, entry.current, Notice.Kind.LISTED)
        return row
