"""Makes a portal: its row, its first host and the starting texts of its pages; its looks and sections follow."""

from urllib.parse import urlsplit

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.desk.actions.write_pages import write_pages
from loa.desk.errors import HostTaken, NotOurAddress, SlugTaken
from loa.edge.actions.purge import purge
from loa.lib import slugs
from loa.portals.models import Portal, PortalHost
from loa.portals.rules import is_origin, normal


def make_portal(
    actor: Actor, *, name: str, origin: str, email: str, language: str = "vi", time_zone: str = "Asia/Ho_Chi_Minh",
    host: str = "",
) -> Portal:  # fmt: skip
    """Answers to the host of its address (`origin`), or to `host` where it stands on LOA_ORIGIN.

    `email` stands on its contact page until that is changed. Its sisters do not name it yet (`edit_brand`).
    Raises NotOurAddress, HostTaken, SlugTaken.
    """
    origin = normal(origin)
    if origin and not is_origin(origin):
        raise NotOurAddress
    slug, host = slugs.slugify(name), host or urlsplit(origin).hostname or ""
    with transaction.atomic():
        if Portal.objects.filter(slug=slug).exists():
            raise SlugTaken
        if PortalHost.objects.filter(host=host).exists():
            raise HostTaken
        portal = Portal.objects.create(slug=slug, name=name, origin=origin, language=language, time_zone=time_zone)
        PortalHost.objects.create(portal=portal, host=host)
        write_pages(actor, portal, email=email)
        record(actor, act="desk.make_portal", subject=f"portal:{slug}", detail={"host": host, "origin": origin})
        purge(["frame"])
        return portal
