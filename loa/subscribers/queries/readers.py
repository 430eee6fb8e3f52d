"""The readers of an issue."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count

from loa.lib import clock
from loa.portals.models import Portal
from loa.subscribers import rules
from loa.subscribers.models import Subscription
from loa.subscribers.queries.links import leave_token, preferences_token
from loa.subscribers.queries.lists import awake


@dataclass(frozen=True, slots=True)
class Recipient:
    """One confirmed reader of a list, with the links a mail to them carries."""

    subscriber_id: int
    public_id: str
    email: str
    language: str
    key: str  # the list it comes by
    portal: Portal

    @property
    def leave_link(self) -> str:
        """For `List-Unsubscribe`: leaves this list by a POST (RFC 8058); the page also offers to leave all."""
        said = leave_token(self.public_id, self.key)
        return self.portal.link(f"/newsletter/leave/{said}", self.language)

    @property
    def preferences_link(self) -> str:
        """The page of everything this reader gets."""
        return self.portal.link(f"/newsletter/preferences/{preferences_token(self.public_id)}", self.language)


def recipients(
    portal: Portal,
    *,
    lists: Collection[str] = (rules.GENERAL,),
    languages: Collection[str] = (),
    after: int = 0,
    limit: int = 500,
) -> list[Recipient]:
    """The next readers of an issue, by subscriber id: confirmed, not resting, each address once; one read a page.

    `lists` are keys of wishes (`general`, `press`, `section:<id>`, …): an issue goes to all readers of the general
    list, however often they want digests; the press list is named apart. `languages` are those of the wish; none: all.
    `after` is the `subscriber_id` of the last one seen. An empty page is the end; a shorter one is not.
    """
    rows = Subscription.objects.filter(
        awake(clock.now()), key__in=lists, subscriber_id__gt=after, subscriber__portal=portal
    )
    if languages:
        rows = rows.filter(language__in=languages)
    fields = ("subscriber_id", "subscriber__public_id", "subscriber__email", "language", "key")
    found: dict[int, Recipient] = {}
    for pk, public_id, email, language, key in rows.order_by("subscriber_id", "key").values_list(*fields)[:limit]:
        found.setdefault(pk, Recipient(pk, public_id, email, language, key, portal))
    return list(found.values())


def count_recipients(
    portal: Portal, *, lists: Collection[str] = (rules.GENERAL,), languages: Collection[str] = ()
) -> int:
    """How many readers `recipients` would page through now."""
    rows = Subscription.objects.filter(awake(clock.now()), key__in=lists, subscriber__portal=portal)
    if languages:
        rows = rows.filter(language__in=languages)
    return rows.aggregate(n=Count("subscriber", distinct=True))["n"] or 0
