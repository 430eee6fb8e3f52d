"""What every page is framed by: the portal's name, sections, ticker, and ways to the other language."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from loa.lib import clock, dates
from loa.population import queries as population
from loa.portals.models import Portal
from loa.topics import queries as topics

NO_PORTAL = {"name": "Loa", "name_start": "Loa", "prefix": ""}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The `frame` of the templates; read only when a template asks, so bare answers cost nothing."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    portal = getattr(request, "portal", None)
    if portal is None:
        return dict(NO_PORTAL)
    language = getattr(request, "language", portal.language)
    now = clock.now()
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    plain = bare(portal, language)
    return {
        **plain,
        "sections": [
            {"slug": section.slug, "name": section.name(language), "path": f"/s/{section.slug}"}
            for section in topics.sections(portal)
        ],
        "ticker": population.at(now),
        "ticker_template": "population/_ticker.html",  # named here: ui does not know the rooms above it
        "preview_template": "pages/preview.html",  # named here too: who writes does not know who shows
        "other_language_path": plain["other_language_path"].removesuffix("/") + request.path_info + query,
    }


def bare(portal: Portal, language: str) -> dict[str, Any]:
    """What a page can say of a portal without asking the database; the other language leads to its front page."""
    today = clock.now().astimezone(ZoneInfo(portal.time_zone)).date()
    # A name ending in capitals ("GlobalVN") carries the accent on them, as the portal's own mark does.
    start = portal.name.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    other = "vi" if language == "en" else "en"
    return {
        "portal": portal,
        "name": portal.name,
        "name_start": start,
        "name_end": portal.name[len(start) :],
        "tagline": portal.tagline.get(language) or portal.tagline.get(portal.language, ""),
        "prefix": "" if language == portal.language else f"/{language}",
        "language": language,
        "is_demonstration": portal.is_demonstration,
        "today": today,
        "today_in_words": dates.weekday_and_day(today, language),
        "other_language": other,
        "other_language_name": "Tiếng Việt" if other == "vi" else "English",
        "other_language_path": "/" if other == portal.language else f"/{other}/",
    }
