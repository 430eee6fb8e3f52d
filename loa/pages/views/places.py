"""Places of today and of before the merger, and what was published about them."""

from collections.abc import Sequence
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.lib import dates
from loa.pages.queries import figures, lists
from loa.pages.templatetags.loa_lines import register_of
from loa.pages.views.answers import page
from loa.pages.views.lists import listed
from loa.places import queries as places
from loa.places.models import Place
from loa.portals.middleware import portal_of
from loa.portals.queries import kept_a_minute
from loa.ui.language import language_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The places of today, each with its entries counted and the old ones below it."""
    portal, language = portal_of(request), language_of(request)
    counts, as_of = kept_a_minute(figures.BY_PLACE_KEY, portal, lambda: figures.by_place(portal))

    prefix: str = getattr(request, "prefix", "")
    drawn = _drawn(places.rows(), tuple(counts.items()), language, prefix)
    return page(request, "pages/places.html", {"title": _("Nơi chốn"), "places": drawn, "as_of": as_of}, ["front"])


@lru_cache(maxsize=16)
def _drawn(rows: places.Rows, counted: tuple[tuple[int, int], ...], language: str, prefix: str) -> str:
    """The list of them; drawn once while places and counts stay."""
    counts = dict(counted)

    def line(one: Place, below: Sequence[figures.Line] = ()) -> figures.Line:
        entries = counts.get(one.pk, 0) + sum(old.entries for old in below)
        return figures.Line(**_link(one, language), entries=entries, below=below)

    today = (place for place in places.known(rows).values() if place.valid_to is None)
    return register_of([line(place, [line(old) for old in places.former(place)]) for place in today], prefix)


@require_safe
def place(request: HttpRequest, place_id: int, slug: str) -> HttpResponse:
    """A place's entries; a wrong slug answers 301."""
    found, language = places.by_id(place_id), language_of(request)
    if found is None:
        raise Http404
    if slug != found.slug:
        return HttpResponsePermanentRedirect(f"{getattr(request, 'prefix', '')}/p/{place_id}/{found.slug}")
    more = {
        "template": "pages/place.html",
        "trail": [(_("Nơi chốn"), "/p/")],
        "feed": f"/p/{place_id}/{slug}/feed",
        "follow": f"place={place_id}" if found.valid_to is None else "",
        "now": _now(found, language),
        "old": [_link(old, language) for old in places.former(found)],
    }
    title = found.label(language)
    if found.valid_to is not None:
        title += " (" + _("trước %(day)s") % {"day": dates.day_in_figures(found.valid_to, language)} + ")"
    return listed(request, lists.of_place(portal_of(request), found), title, ["front"], **more)


def _link(place: Place, language: str) -> dict[str, str]:
    return {"name": place.label(language), "path": f"/p/{place.pk}/{place.slug}"}


def _now(place: Place, language: str) -> dict[str, str]:
    """What became of a unit that is no more, as the pieces of a sentence."""
    if place.successor is None or place.valid_to is None:
        return {}
    day = dates.day_in_figures(place.valid_to, language)
    return {**_link(place.successor, language), "day": day, "full_name": place.successor.full_name(language)}
