"""Doors of the queue: what waits, narrowed and ordered, and what the public reported."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loa.accounts.views import for_staff, person_of
from loa.archive import queries as archive
from loa.lib import clock
from loa.moderation import queries
from loa.moderation.queries import Wanted
from loa.moderation.rules import risk
from loa.portals.middleware import portal_of
from loa.releases.models import Kind
from loa.releases.queries import scheduled
from loa.releases.rules import in_words
from loa.ui.language import language_of


@for_staff
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first unless the riskiest are asked for, and what the public reported."""
    return render(request, "moderation/queue.html", context_of(request))


def context_of(request: HttpRequest) -> dict[str, Any]:
    """What the page of the queue shows."""
    portal, language, wanted = portal_of(request), language_of(request), wanted_of(request)
    page = queries.page_of_queue(portal.pk, wanted, person_of(request))
    now = clock.now()
    return {
        "waiting": [_Row(row, in_words(row.release, language), now) for row in page.rows],
        "page": page, "wanted": wanted,
        "older": _link(wanted, page.number + 1) if page.number < page.pages else "",
        "newer": _link(wanted, page.number - 1) if page.number > 1 else "",
        "signs": [(sign.name, sign.words) for sign in risk.SIGNS], "kinds": Kind.choices,
        "scheduled": [(one, in_words(one, language)) for one in scheduled(portal.pk)],
        "reports": [(row, (row.due_at - now).total_seconds() / 3600) for row in queries.reports(portal.pk)],
        "offered": archive.cross_listings(portal.pk).filter(state="asked").count(),
        "median": queries.median_minutes(portal.pk), "zone": portal.time_zone,
    }  # fmt: skip


class _Row:
    """A release in the list: what it weighs, and whether somebody looks at it."""

    def __init__(self, row: queries.Waiting, when: str, now: Any) -> None:
        self.release, self.changed, self.when = row.release, row.changed, when
        case = getattr(row.release, "case", None)
        self.score = case.score if case else None
        self.signs = risk.in_words(case.signs) if case else []
        is_held = case is not None and case.claimed_until is not None and case.claimed_until > now
        self.claimed_by = case.claimed_by if case is not None and is_held else None


def wanted_of(request: HttpRequest) -> Wanted:
    """What the address asks for; whatever it does not know is left out."""
    asked = request.GET
    number = asked.get("page", "1")
    return Wanted(
        words=asked.get("q", "").strip()[:200],
        sign=asked.get("sign", "") if asked.get("sign", "") in risk.BY_NAME else "",
        kind=asked.get("kind", "") if asked.get("kind", "") in Kind.values else "",
        hands=asked.get("hands", "") if asked.get("hands", "") in ("mine", "free") else "",
        order="risk" if asked.get("order") == "risk" else "",
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )


def _link(wanted: Wanted, number: int) -> str:
    asked = {"q": wanted.words, "sign": wanted.sign, "kind": wanted.kind, "hands": wanted.hands, "order": wanted.order}
    return "?" + urlencode({name: said for name, said in asked.items() if said} | {"page": number})
