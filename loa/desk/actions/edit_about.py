"""Changes the portal's signed word about itself."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import html
from loa.portals.models import AboutBlock, Portal


def edit_about(actor: Actor, *, portal: Portal, language: str, fields: dict[str, str]) -> AboutBlock:
    """`fields`: title, body_html, person, office."""
    cleaned = {**fields, "body_html": html.clean(fields["body_html"])}
    with transaction.atomic():
        block, _ = AboutBlock.objects.update_or_create(portal=portal, language=language, defaults=cleaned)
        record(actor, act="desk.edit_about", subject=f"about:{language}", detail={"portal": portal.slug})
        return block
