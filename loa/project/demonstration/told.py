"""What the demonstration's author was told over the years: read, but for the last of it."""

from datetime import timedelta

from loa.accounts.models import Person
from loa.archive.models import Notice
from loa.inbox import queries as inbox
from loa.inbox.actions.forget import UNREAD
from loa.inbox.actions.read import read_all
from loa.inbox.models import Item
from loa.lib import clock
from loa.portals.models import Portal
from loa.releases.outlet import carry

TOLD = (Notice.Kind.PUBLISHED, Notice.Kind.TRANSLATED, Notice.Kind.CORRECTED)


def tell_of_the_past(person: Person, portal: Portal, most: int = 2) -> None:
    """Years of releases went out within a minute, and the worker would tell of them all as of today's.

    So the wire's outlet is called here, in the order of the days; when the worker calls it again, it does nothing. What
    is too old to be kept is dated as the oldest that is: forgotten, it would be told anew.
    """
    oldest = clock.now() - UNREAD + timedelta(days=30)
    notices = Notice.objects.filter(entry__portal=portal, kind__in=TOLD).select_related("entry__portal", "version")
    for notice in notices.order_by("entry__published_at", "id"):
        carry(notice)
        Item.objects.filter(key=f"author:{notice.id}").update(at=max(oldest, notice.entry.published_at))
    for pk in inbox.of_person(person, portal).order_by("-pk").values_list("pk", flat=True)[most : most + 1]:
        read_all(person, portal, until=pk)
