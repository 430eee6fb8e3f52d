"""Says who signs a portal's newsletters."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.newsletters.models import Imprint
from loa.portals.models import Portal


def edit_imprint(actor: Actor, *, portal: Portal, fields: dict[str, str]) -> None:
    """Write name, address, telephone and mail address."""
    with transaction.atomic():
        Imprint.objects.update_or_create(portal=portal, defaults=fields)
        purge(["newsletter"])
        record(actor, act="edit_imprint", subject=f"portal:{portal.slug}", detail=fields)
