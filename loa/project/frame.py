"""What every page is framed by: the portal's name, sections, ticker, and ways to the other languages."""

import sys
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import get_language

from loa.accounts import queries as accounts
from loa.edge.kept import kept
from loa.inbox import queries as inbox
from loa.lib import clock, dates, languages
from loa.lib.pieces import Pieces
from loa.population import queries as population
from loa.portals.models import Portal
from loa.topics import queries as topics
from loa.ui.language import others

MENU = ("/latest", "/events", "/o/")  # of the masthead, beside the sections
_LONGEST_QUERY = 4_000  # bytes the links to other languages carry on: 400 letters of a search, each nine at most
MOST_DRAWN = 8_000_000  # bytes of drawn pieces in each process
NO_PORTAL = {"name": "Loa", "name_start": "Loa", "prefix": ""}


class Frame(dict[str, Any]):
    """What templates ask of the frame, read when the first of them asks, so bare answers cost nothing."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self._request: HttpRequest | None = request

    def __missing__(self, name: str) -> Any:
        if self._request is None:
            raise KeyError(name)
        request, self._request = self._request, None
        self.update(_frame(request))
        return self[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The same for whoever asks politely."""
        try:
            return self[name]
        except KeyError:
            return default

    def __bool__(self) -> bool:
        return True


def frame(request: HttpRequest) -> dict[str, Any]:
    """The `frame` of the templates."""
    return {"frame": Frame(request)}


def _frame(request: HttpRequest) -> dict[str, Any]:
    portal = getattr(request, "portal", None)
    if portal is None:
        return dict(NO_PORTAL)
    language = getattr(request, "language", portal.language)
    now = clock.now()
    known = topics.sections(portal)
    asked = request.META.get("QUERY_STRING", "")
    query = f"?{asked}" if 0 < len(asked) <= _LONGEST_QUERY else ""
    sections = [
        {"slug": section.slug, "name": section.name(language), "path": f"/s/{section.slug}"} for section in known
    ]
    here = request.path_info if language == getattr(request, "text_language", language) else "/"
    said = bare(portal, language, f"{here}{query}")
    return {
        **said,
        "sections": sections,
        "here": request.path_info if request.path_info in {*MENU, *(one["path"] for one in sections)} else "",
        "ticker": population.drawn(now, get_language() or portal.language),
        "preview_template": "pages/preview.html",  # named here too: who writes does not know who shows
        "prefix": (prefix := getattr(request, "prefix", "")),
        # Whoever has a cookie may be changing the portal: everything is drawn anew for them.
        "keep": None
        if request.COOKIES
        else partial(
            _keep,
            _said(portal, known),
            language,
            prefix,
            said["today"],
        ),
        "is_editor": lambda: accounts.edits(request.user, portal.pk),
        "unread": lambda: _unread(request, portal),  # asked by the desks alone: public pages know no session
    }


drawn: Pieces[str] = Pieces(MOST_DRAWN)


def _keep(*of: Hashable, draw: Callable[[], str]) -> str:
    """A piece as it was drawn: its key says all that it shows, the day with it, so that no purge is about it."""
    if not kept.is_on:
        return draw()
    piece = drawn.get(of)
    if piece is None:
        piece = draw()
        drawn.put(of, piece, 4 * len(piece))  # what it is kept under takes about as much
    return piece


def _said(portal: Portal, sections: Iterable[Model]) -> str:
    """All that stands in the rows of a portal, its sisters and sections: pieces drawn from others are other pieces.

    Kept on the portal that the page is drawn from, so that the two never disagree; interned, since a kept one is read
    again each half minute and says the same for weeks.
    """
    said: str | None = vars(portal).get("_said")
    if said is None:
        rows = (portal, *portal.sisters, *sections)
        portal._said = said = sys.intern(repr([_row(one) for one in rows]))  # type: ignore[attr-defined]
    return said


def _row(of: Model) -> dict[str, Any]:
    return {name: value for name, value in vars(of).items() if name[0] != "_" and name != "sisters"}


def _unread(request: HttpRequest, portal: Portal) -> int:
    person = request.user
    return inbox.unread(person, portal) if person.is_authenticated else 0


def bare(portal: Portal, language: str, here: str = "/") -> dict[str, Any]:
    """What a page can say of a portal without asking the database; `here` is where the other languages lead."""
    today = clock.now().astimezone(ZoneInfo(portal.time_zone)).date()
    # A name ending in capitals ("GlobalVN") carries the accent on them, as the portal's own mark does.
    start = portal.name.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {
        "portal": portal,
        "name": portal.name,
        "logo": portal.logo,
        "licence": portal.in_words(portal.licence, language),
        "responsible": portal.responsible,
        "name_start": start,
        "name_end": portal.name[len(start) :],
        "tagline": portal.in_words(portal.tagline, language),
        "place": portal.in_words(portal.place, language),
        "sisters": _sisters(portal, language),
        "prefix": "" if language == portal.language else f"/{language}",
        "language": language,
        "is_demonstration": portal.is_demonstration,
        "today": today,
        "today_in_words": dates.weekday_and_day(today, language),
        "others": [
            {"code": code, "name": languages.own_name(code), "path": prefix + here}
            for code, prefix in others(portal.language, language, portal.spoken)
        ],
    }


def _sisters(portal: Portal, language: str) -> list[dict[str, str]]:
    """The other sites of the family, each in the reader's language where it offers that, else in its own."""
    rows = []
    for one in portal.sisters:
        there = language if language in one.spoken else one.language
        link, place = one.link("/", there), one.in_words(one.place, language)
        rows.append({"name": one.name, "place": place, "link": link, "language": there})
    return rows
