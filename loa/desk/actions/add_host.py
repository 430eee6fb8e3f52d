"""Adds a host name that leads to a portal."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.desk.errors import HostTaken
from loa.edge.actions.purge import purge
from loa.portals.models import Portal, PortalHost


def add_host(actor: Actor, *, portal: Portal, host: str) -> None:
    """Adding it twice does nothing more. Raises HostTaken where it leads to another portal."""
    with transaction.atomic():
        row, is_new = PortalHost.objects.get_or_create(host=host, defaults={"portal": portal})
        if row.portal_id != portal.pk:
            raise HostTaken
        if is_new:
            record(actor, act="desk.add_host", subject=f"portal:{portal.slug}", detail={"host": host})
            purge(["frame"])
