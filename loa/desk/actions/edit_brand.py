"""Changes what a portal looks like and is about: name, tagline, place, languages, accent, logo, clock."""

from typing import Any

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.media.actions.take_in import take_in
from loa.portals.models import Portal


def edit_brand(actor: Actor, *, portal: Portal, fields: dict[str, Any], logo: bytes | None = None) -> None:
    """`fields` are columns of the portal; the old logo stays where none is sent. Raises NotAPicture, StorageFull.

    Its sisters' pages name it too, so every portal's pages are made anew.
    """
    changed = dict(fields)
    key = f"portal:{portal.pk}"
    if logo:  # Decoding is slow; it happens before the transaction.
        changed["logo"] = take_in(logo, owner_key=key, public_for=key).get_absolute_url()
    with transaction.atomic():
        Portal.objects.filter(pk=portal.pk).update(**changed)
        record(actor, act="desk.edit_brand", subject=f"portal:{portal.slug}", detail=changed)
        purge(["frame", "front"])
