"""The doors of the feeds: everything, a section, a topic, a place, a newsroom, a search; each in three forms."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.feeds.views import atom, json_feed, pieces, rss
from loa.feeds.views.answers import answer
from loa.feeds.views.outline import Form, Outline
from loa.feeds.views.pieces import Piece, Writer
from loa.lib import clock
from loa.lib.slugs import slugify
from loa.lib.vietnamese import kept
from loa.organizations import queries as organizations
from loa.places import queries as places
from loa.portals.middleware import portal_of
from loa.portals.models import Portal, Takes
from loa.search import queries as finding
from loa.search.errors import IndexUnavailable
from loa.topics import queries as topics
from loa.topics.models import Section
from loa.ui.language import language_of

FORMS: Final[dict[str, Form]] = {"xml": rss, "atom": atom, "json": json_feed}
LONGEST: Final = 50
MOST_LETTERS: Final = 2_000_000  # of all texts together; what is older is found on the pages
TOMBSTONES_FOR: Final = timedelta(days=30)


@require_safe
def home(request: HttpRequest, form: str) -> HttpResponse:
    """Everything."""
    return _feed(request, form, Q(), "", "/", ["front"], here_too=Q())


@require_safe
def section(request: HttpRequest, form: str, slug: str) -> HttpResponse:
    """A section."""
    found = topics.section(portal_of(request), slug)
    if found is None:
        raise Http404
    name = found.name(language_of(request))
    return _feed(request, form, Q(section=found), name, f"/s/{slug}", [f"section:{found.pk}"], here_too=_under(found))


@require_safe
def topic(request: HttpRequest, form: str, qcode: str, slug: str) -> HttpResponse:
    """A topic."""
    found, below = topics.family(qcode)
    if found is None:
        raise Http404
    if slug != (right := slugify(found.label(portal_of(request).language))):
        return _moved(request, f"/t/{qcode}/{right}/feed.{form}")
    name, qcodes = topics.heading(found, language_of(request)), topics.within(found) if below else {found.pk}
    about = archive.about_topics(qcodes, is_wide=archive.is_wide(qcodes))
    return _feed(request, form, about, name, f"/t/{qcode}/{slug}", ["front"], here_too=about)


@require_safe
def place(request: HttpRequest, form: str, place_id: int, slug: str) -> HttpResponse:
    """A place."""
    found = places.by_id(place_id)
    if found is None:
        raise Http404
    if slug != found.slug:
        return _moved(request, f"/p/{place_id}/{found.slug}/feed.{form}")
    name, zone = found.label(language_of(request)), portal_of(request).time_zone
    path = f"/p/{place_id}/{slug}"
    about = archive.about_place(found, zone)
    return _feed(request, form, about, name, path, ["front"], here_too=about)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    return HttpResponsePermanentRedirect(getattr(request, "prefix", "") + path)


@require_safe
def newsroom(request: HttpRequest, form: str, slug: str) -> HttpResponse:
    """An organization."""
    found = organizations.by_slug(portal_of(request).pk, slug)
    if found is None:
        raise Http404
    about = archive.by_sender(found.pk, has_joint=archive.has_joint(found.pk))
    name = found.label(language_of(request))
    return _feed(request, form, about, name, f"/o/{slug}", [f"org:{found.pk}"], has_life=True)


@require_safe
def search(request: HttpRequest, form: str) -> HttpResponse:
    """What a search finds with the same filters as its page, newest first; what was withdrawn is found no more."""
    portal, words = portal_of(request), kept(request.GET.get("q", ""))
    try:
        narrowing = finding.Narrowing.said_by(request.GET)
        found = finding.search(portal.pk, words, narrowing, finding.Page(sort="date", size=LONGEST))
    except IndexUnavailable:
        sentence = _("Kho tìm kiếm đang được dựng lại.")
        return HttpResponse(f"{sentence}\n", "text/plain; charset=utf-8", 503)
    there = Q(public_id__in=found.ids)
    return _feed(
        request, form, Q(), words, "/search", ["search"], has_life=True, here_too=there, these=found.ids
    )  # fmt: skip


def _under(section: Section) -> Q:
    """What sisters publish and the portal lists under a heading of its own."""
    return Q(cross_listings__portal=section.portal_id, cross_listings__section=section)


def _feed(
    request: HttpRequest, form: str, about: Q, name: str, path: str, tags: list[str], *, has_life: bool = False,
    here_too: Q | None = None, these: Collection[str] | None = None,
) -> HttpResponse:  # fmt: skip
    """`about` or their ids say which of the portal's entries, `here_too` which of those it lists of its sisters'."""
    portal, language, writer = portal_of(request), language_of(request), FORMS[form]
    rows = archive.everything(portal.pk).filter(about) if these is None else archive.among(portal.pk, these)
    rows = rows if has_life else rows.exclude(kind=archive.LIFE)
    items = _items(rows.filter(state=State.PUBLISHED).order_by("-published_at", "-id"), language, writer)
    if here_too is not None and portal.takes != Takes.NOTHING:
        items += _items(archive.listed(portal.pk).filter(here_too), language, writer)
        items = sorted(items, key=lambda item: item.published_at, reverse=True)[:LONGEST]
    items += _tombstones(rows, language, writer)
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


def _items(rows: QuerySet[Entry], language: str, writer: Writer) -> list[Piece]:
    items: list[Piece] = []
    letters = 0
    for item in pieces.of(rows, language, writer, LONGEST):
        items.append(item)
        letters += item.letters
        if letters > MOST_LETTERS:
            break
    return items


def _tombstones(rows: QuerySet[Entry], language: str, writer: Writer) -> list[Piece]:
    """What was withdrawn lately, so that whoever keeps a copy learns of it."""
    gone = rows.filter(state=State.WITHDRAWN, changed_at__gte=clock.now() - TOMBSTONES_FOR).order_by(
        "-changed_at", "-id"
    )
    return list(pieces.of(gone, language, writer, LONGEST))


def _today() -> datetime:
    """The start of the day: a feed of nothing must not change with each reading."""
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
