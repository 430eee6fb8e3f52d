"""IPTC's topics, and what was published about them."""

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.lib.slugs import slugify
from loa.pages.queries import figures, lists
from loa.pages.templatetags.loa_lines import register_of
from loa.pages.views.answers import page
from loa.pages.views.lists import listed
from loa.portals.middleware import portal_of
from loa.portals.queries import kept_a_minute
from loa.topics import queries as topics
from loa.topics.models import Topic
from loa.ui.language import language_of

Link = tuple[str, str]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The topics with entries, under their top topics; each count holds the narrower ones."""
    portal, language = portal_of(request), language_of(request)
    counts, as_of = kept_a_minute(figures.BY_TOPIC_KEY, portal, lambda: figures.by_topic(portal))

    prefix: str = getattr(request, "prefix", "")
    fields = _drawn(topics.rows(counts), tuple(counts.items()), language, portal.language, prefix)
    return page(request, "pages/topics.html", {"title": _("Chủ đề"), "fields": fields, "as_of": as_of}, ["front"])


@lru_cache(maxsize=16)
def _drawn(rows: topics.Rows, counted: tuple[tuple[str, int], ...], language: str, own: str, prefix: str) -> str:
    """The list of them; drawn once while topics and counts stay."""
    counts = dict(counted)

    def line(one: Topic, below: Sequence[figures.Line] = ()) -> figures.Line:
        return figures.Line(*_link(one, language, own), counts[one.pk], below)

    tree = topics.tree(topics.made(rows), language)
    return register_of([line(top, [line(one) for one, _depth in below]) for top, below in tree], prefix)


@require_safe
def topic(request: HttpRequest, qcode: str, slug: str) -> HttpResponse:
    """A topic's entries, those of narrower topics with them; a wrong slug answers 301."""
    portal, language = portal_of(request), language_of(request)
    found, below = topics.family(qcode)
    if found is None:
        raise Http404
    name, path = _link(found, language, portal.language)
    if not path.endswith(f"/{slug}"):
        return HttpResponsePermanentRedirect(getattr(request, "prefix", "") + path)
    more = {
        "template": "pages/topic.html",
        "trail": [(_("Chủ đề"), "/t/"), *(_link(one, language, portal.language) for one in topics.broader(found))],
        "feed": f"{path}/feed",
        "follow": urlencode({"topic": found.pk}),
        "narrower": [_link(one, language, portal.language) for one in topics.in_order(below, language)],
    }
    return listed(request, lists.of_topic(portal, topics.within(found)), name, ["front"], **more)


def _link(topic: Topic, language: str, own: str) -> Link:
    """The name in the reader's language, and the address, whose slug is in the portal's own language."""
    return topics.heading(topic, language), f"/t/{topic.pk}/{slugify(topic.label(own))}"
