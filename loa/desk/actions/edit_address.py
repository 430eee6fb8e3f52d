"""Says where the portal's links lead: its own address, or none for the installation's."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.desk.errors import NotOurAddress
from loa.edge.actions.purge import purge
from loa.portals.models import Portal
from loa.portals.queries import leads_to
from loa.portals.rules import normal


def edit_address(actor: Actor, *, portal: Portal, origin: str) -> None:
    """Links that set a new password stand on it too, so its host must be the portal's. Raises NotOurAddress."""
    origin = normal(origin)
    with transaction.atomic():
        if origin and not leads_to(portal, origin):
            raise NotOurAddress
        Portal.objects.filter(pk=portal.pk).update(origin=origin)
        record(actor, act="desk.edit_address", subject=f"portal:{portal.slug}", detail={"origin": origin})
        purge(["frame", "front"])
