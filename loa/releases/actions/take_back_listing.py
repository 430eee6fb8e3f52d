"""Take back a listing: an organization no longer wants a release in a sister's lists."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.actions.list_at import list_at
from loa.archive.models import CrossListing
from loa.audit.actions.record import record
from loa.portals.models import Portal
from loa.releases.errors import NotAWriter
from loa.releases.models import Release
from loa.releases.queries import may_write


def take_back_listing(person: Person, release: Release, portal: Portal) -> None:
    """It may be offered again; what is neither listed nor asked for stays as it is. Raises NotAWriter."""
    if not may_write(person, release):
        raise NotAWriter
    live = (CrossListing.State.ASKED, CrossListing.State.LISTED)
    with transaction.atomic():
        rows = CrossListing.objects.select_related("entry__current")
        there = rows.filter(entry=release.entry_id or 0, portal=portal, state__in=live).first()
        if there is None:
            return
        list_at(there.entry, portal, state=CrossListing.State.TAKEN_BACK)
        detail = {"portal": portal.slug}
        record(actor(person), act="take_back_listing", subject=f"release:{release.public_id}", detail=detail)
