"""The server's entry: Django behind the front door, where finished pages stand, and the one charset."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.project.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - rooms are ready only after Django is
from django.db import DatabaseError, close_old_connections  # noqa: E402

from loa.edge import sharing  # noqa: E402
from loa.edge.actions.purge import generations  # noqa: E402
from loa.edge.bodies import Bodies  # noqa: E402
from loa.edge.cdn import headers_for  # noqa: E402
from loa.edge.charset import Utf8Only  # noqa: E402
from loa.edge.door import FrontDoor  # noqa: E402
from loa.edge.events import Events  # noqa: E402
from loa.edge.hits import HitCounter, release_of  # noqa: E402
from loa.edge.kept import kept  # noqa: E402
from loa.edge.shelf import Shelf  # noqa: E402
from loa.edge.spellings import kept_portals  # noqa: E402
from loa.edge.store import Store  # noqa: E402
from loa.lib import garbage  # noqa: E402
from loa.portals import queries as portals  # noqa: E402
from loa.project.fair_sqlite.base import pool  # noqa: E402
from loa.project.server import INSIDE, SENDING, SENDING_MUCH, STREAMS, WAITING  # noqa: E402
from loa.stats.actions.count import count  # noqa: E402


def portal_of(host: str) -> str | None:
    """The portal of a host; Django is asked about any that is not written plainly, and refuses it."""
    name = host.rpartition(":")[0] or host if host.rpartition(":")[2].isdecimal() else host
    if not all(letter.isalnum() or letter in ".-" for letter in name):
        return None
    close_old_connections()
    try:
        portal = portals.by_host(name)
    except DatabaseError:
        return None
    return portal.slug if portal else None


pool.most = INSIDE
kept.is_on = True
counter = HitCounter(count)
bodies = Bodies(SENDING, SENDING_MUCH)
door = FrontDoor(
    Utf8Only(django_application),
    store=Store(settings.LOA_PAGE_STORE),
    generations=generations(Path(settings.LOA_HOME)),
    portal_of=kept_portals(portal_of),
    inside=INSIDE,
    waiting=WAITING,
    bodies=bodies,
    streams=STREAMS,
    saw=counter.saw,
    release_of=release_of,
    shelf=Shelf(Path(settings.LOA_HOME) / "cache" / "made"),
    for_cdn=headers_for(settings.LOA_CDN),
)
sharing.begin(settings.LOA_CACHE_URL, door.generations)
application = Events(door, counter.add, bodies)
garbage.settle()
garbage.give_back_for_ever()
