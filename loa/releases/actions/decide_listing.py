"""Decide a listing: an editor of a sister takes an offered release into its lists, refuses it, or takes it out."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor, edits
from loa.archive.actions.list_at import list_at
from loa.archive.models import CrossListing
from loa.audit.actions.record import record
from loa.releases import emails
from loa.releases.errors import NotAWriter

State = CrossListing.State
_FROM = {State.LISTED: State.ASKED, State.REFUSED: State.ASKED, State.REMOVED: State.LISTED}


def decide_listing(editor: Person, listing: CrossListing, *, answer: str) -> None:
    """`answer` is listed, refused or removed; what somebody has decided already stays. Raises NotAWriter, KeyError."""
    if not edits(editor, listing.portal_id):
        raise NotAWriter
    state = State(answer)
    with transaction.atomic():
        there = CrossListing.objects.select_for_update().get(pk=listing.pk)
        if there.state != _FROM[state]:
            return
        decided = list_at(listing.entry, listing.portal, state=state)
        detail = {"entry": listing.entry.public_id, "state": str(state)}
        record(actor(editor), act="decide_listing", subject=f"portal:{listing.portal.slug}", detail=detail)
        emails.tell_listing(decided)
