"""Set the contact: who at a portal is written to by clients."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.portals.models import Portal


def set_contact(actor: Actor, *, portal: Portal, email: str) -> None:
    """An empty address: whoever runs the portal is written to."""
    with transaction.atomic():
        kept = Portal.objects.select_for_update().get(pk=portal.pk)
        kept.contact_email = email
        kept.save(update_fields=["contact_email"])
        record(actor, act="set_contact", subject=f"portal:{portal.slug}", detail={"email": email})
        purge(["frame"])
