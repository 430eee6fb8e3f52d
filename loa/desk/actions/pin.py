"""Chooses the lead story of the front page."""

from django.db import transaction

from loa.archive.models import Entry, State
from loa.audit.actions.record import Actor, record
from loa.desk.errors import NoSuchStory
from loa.edge.actions.purge import purge
from loa.portals.models import Portal


def pin(actor: Actor, *, portal: Portal, public_id: str) -> None:
    """An empty id unpins: the newest leads. Raises NoSuchStory for what is not public here."""
    with transaction.atomic():
        public = Entry.objects.filter(portal=portal, public_id=public_id, state=State.PUBLISHED)
        if public_id and not public.exists():
            raise NoSuchStory
        Portal.objects.filter(pk=portal.pk).update(pinned=public_id)
        record(actor, act="desk.pin", subject=f"portal:{portal.slug}", detail={"entry": public_id})
        purge(["front", "portal"])
