"""Moves a heading of the portal one place up or down."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.portals.models import Portal
from loa.topics.models import Section


def move_section(actor: Actor, *, portal: Portal, slug: str, is_up: bool) -> None:
    """The places are numbered anew, so that two of one number part; at either end nothing moves."""
    with transaction.atomic():
        rows = list(Section.objects.select_for_update().filter(portal=portal).order_by("position", "slug"))
        at = next((number for number, row in enumerate(rows) if row.slug == slug), -1)
        to = at - 1 if is_up else at + 1
        if at < 0 or not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        for position, row in enumerate(rows):
            row.position = position
        Section.objects.bulk_update(rows, ["position"])
        record(actor, act="desk.move_section", subject=f"section:{slug}", detail={"portal": portal.slug})
        purge(["frame"])
