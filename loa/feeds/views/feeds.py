"""The doors of the feeds: everything, a section, a topic, a place, a newsroom, a search; each in three forms."""

from datetime import datetime
from functools import partial
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.feeds.queries import entries
from loa.feeds.views import atom, json_feed, pieces, rss
from loa.feeds.views.answers import answer
from loa.feeds.views.outline import Form, Outline
from loa.lib import clock
from loa.lib.slugs import slugify
from loa.lib.vietnamese import kept
from loa.organizations import queries as organizations
from loa.places import queries as places
from loa.portals.middleware import portal_of
from loa.portals.models import Portal
from loa.search import queries as finding
from loa.search.errors import IndexUnavailable
from loa.topics import queries as topics
from loa.ui.language import language_of

FORMS: Final[dict[str, Form]] = {"xml": rss, "atom": atom, "json": json_feed}
MOST_LETTERS: Final = 2_000_000  # of all texts together; what is older is found on the pages


@require_safe
def home(request: HttpRequest, form: str) -> HttpResponse:
    """Everything."""
    return _feed(request, form, partial(entries.everything), "", "/", ["front"])


@require_safe
def section(request: HttpRequest, form: str, slug: str) -> HttpResponse:
    """A section."""
    found = topics.section(portal_of(request), slug)
    if found is None:
        raise Http404
    of = partial(entries.of_section, section_id=found.pk)
    return _feed(request, form, of, found.name(language_of(request)), f"/s/{slug}", [f"section:{found.pk}"])


@require_safe
def topic(request: HttpRequest, form: str, qcode: str, slug: str) -> HttpResponse:
    """A topic."""
    found, below = topics.family(qcode)
    if found is None:
        raise Http404
    if slug != (right := slugify(found.label(portal_of(request).language))):
        return _moved(request, f"/t/{qcode}/{right}/feed.{form}")
    name, qcodes = topics.heading(found, language_of(request)), topics.within(found) if below else {found.pk}
    of = partial(entries.of_topics, qcodes=sorted(qcodes), is_wide=archive.is_wide(qcodes))
    return _feed(request, form, of, name, f"/t/{qcode}/{slug}", ["front"])


@require_safe
def place(request: HttpRequest, form: str, place_id: int, slug: str) -> HttpResponse:
    """A place."""
    found = places.by_id(place_id)
    if found is None:
        raise Http404
    if slug != found.slug:
        return _moved(request, f"/p/{place_id}/{found.slug}/feed.{form}")
    of = entries.about(found, portal_of(request).time_zone)
    return _feed(request, form, of, found.label(language_of(request)), f"/p/{place_id}/{slug}", ["front"])


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    return HttpResponsePermanentRedirect(getattr(request, "prefix", "") + path)


@require_safe
def newsroom(request: HttpRequest, form: str, slug: str) -> HttpResponse:
    """An organization."""
    found = organizations.by_slug(portal_of(request).pk, slug)
    if found is None:
        raise Http404
    of = partial(entries.of_sender, organization_id=found.pk, has_joint=archive.has_joint(found.pk))
    name = found.label(language_of(request))
    return _feed(request, form, of, name, f"/o/{slug}", [f"org:{found.pk}"], has_life=True)


@require_safe
def search(request: HttpRequest, form: str) -> HttpResponse:
    """What a search finds with the same filters as its page, newest first; what was withdrawn is found no more."""
    portal, words = portal_of(request), kept(request.GET.get("q", ""))
    try:
        narrowing = finding.Narrowing.said_by(request.GET)
        page = finding.Page(sort="date", size=entries.LONGEST)
        found = finding.search(portal.pk, words, narrowing, page)
    except IndexUnavailable:
        sentence = _("Kho tìm kiếm đang được dựng lại.")
        return HttpResponse(f"{sentence}\n", "text/plain; charset=utf-8", 503)
    return _feed(request, form, entries.among(found.ids), words, "/search", ["search"], has_life=True)


def _feed(
    request: HttpRequest, form: str, of: entries.Of, name: str, path: str, tags: list[str], *, has_life: bool = False
) -> HttpResponse:
    """The feed of a list that is called so and is found there; life stories stand in few."""
    portal, language, writer = portal_of(request), language_of(request), FORMS[form]
    keys = entries.keys(portal, of, has_life=has_life)
    items = pieces.of(keys, language, writer, most=entries.LONGEST, letters=MOST_LETTERS)
    feed = Outline(
        title=f"{portal.name} · {name}" if name else portal.name,
        description=_described(portal, language),
        home=portal.link(path, language),
        here=portal.address + request.get_full_path(),
        language=language,
        publisher=portal.name,
        updated_at=max((item.updated_at for item in items), default=_today()),
        items=items,
    )
    return answer(request, writer.write(feed), writer.TYPE, tags)


def _described(portal: Portal, language: str) -> str:
    says = portal.tagline.get(language) or portal.tagline.get(portal.language) or portal.name
    warning = _("Cổng trình diễn: tổ chức và thông cáo ở đây là hư cấu, trừ tin dẫn nguồn.")
    return f"{says} {warning}" if portal.is_demonstration else str(says)


def _today() -> datetime:
    """The start of the day: a feed of nothing must not change with each reading."""
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
