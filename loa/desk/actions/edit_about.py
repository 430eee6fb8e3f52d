"""Changes the portal's signed word about itself."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.lib import html
from loa.media.actions.take_in import take_in
from loa.portals.models import AboutBlock, Portal


def edit_about(
    actor: Actor, *, portal: Portal, language: str, fields: dict[str, str], portrait: bytes | None = None
) -> AboutBlock:
    """`fields`: title, body_html, person, office; the old portrait stays where none is sent.

    Raises NotAPicture, StorageFull.
    """
    cleaned = {**fields, "body_html": html.clean(fields["body_html"])}
    key = f"portal:{portal.pk}"
    if portrait:  # Decoding is slow; it happens before the transaction.
        cleaned["portrait"] = take_in(portrait, owner_key=key, public_for=key).get_absolute_url()
    with transaction.atomic():
        block, _ = AboutBlock.objects.update_or_create(portal=portal, language=language, defaults=cleaned)
        record(actor, act="desk.edit_about", subject=f"about:{language}", detail={"portal": portal.slug})
        purge(["frame"])
        return block
