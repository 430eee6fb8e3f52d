"""Offer a listing: an organization wants a published release in a sister's lists too."""

from django.db import transaction

from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person
from loa.accounts.queries import actor, waits_until
from loa.archive.actions.list_at import list_at
from loa.archive.models import CrossListing, Entry
from loa.audit.actions.record import record
from loa.portals.models import Portal, Takes
from loa.releases.errors import NotAWriter, NotTaken, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.queries import may_write
from loa.releases.rules import is_suspended, may_be_listed
from loa.topics.queries import heading_for


def offer_listing(person: Person, release: Release, portal: Portal) -> str:
    """Answers "listed" where the sister takes them straight, else "asked"; twice does nothing more.

    Raises NotAWriter, WrongState, Suspended, CoolingDown, and NotTaken where the sister takes none, refused this one
    or took it out.
    """
    if not may_write(person, release):
        raise NotAWriter
    if until := waits_until(actor(person)):
        raise CoolingDown(until)
    with transaction.atomic():
        entry = Entry.objects.select_for_update().filter(pk=release.entry_id or 0).first()
        if entry is None or not may_be_listed(release) or entry.portal_id == portal.pk:
            raise WrongState
        if is_suspended(release):
            raise Suspended
        there = entry.cross_listings.filter(portal=portal).first()
        if there is not None and there.state in (CrossListing.State.ASKED, CrossListing.State.LISTED):
            return str(there.state)
        final = (CrossListing.State.REFUSED, CrossListing.State.REMOVED)
        if portal.takes == Takes.NOTHING or (there is not None and there.state in final):
            raise NotTaken
        is_straight = portal.takes == Takes.STRAIGHT
        state = CrossListing.State.LISTED if is_straight else CrossListing.State.ASKED
        list_at(entry, portal, state=state, section=heading_for(portal, entry.section, entry.topics.all()))
        detail = {"portal": portal.slug, "state": str(state)}
        record(actor(person), act="offer_listing", subject=f"release:{release.public_id}", detail=detail)
        return str(state)
