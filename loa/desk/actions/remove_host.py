"""Takes a host name from a portal; it leads nowhere then."""

from urllib.parse import urlsplit

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.desk.errors import HostInUse
from loa.edge.actions.purge import purge
from loa.portals.models import Portal, PortalHost


def remove_host(actor: Actor, *, portal: Portal, host: str) -> None:
    """Raises HostInUse for the host its links stand on, and for the last one. One that is not there is gone already."""
    with transaction.atomic():
        rows = PortalHost.objects.select_for_update().filter(portal=portal)
        others = [row for row in rows if row.host != host]
        if not others or host == urlsplit(portal.origin).hostname:
            raise HostInUse
        if rows.filter(host=host).delete()[0]:
            record(actor, act="desk.remove_host", subject=f"portal:{portal.slug}", detail={"host": host})
            purge(["frame"])
