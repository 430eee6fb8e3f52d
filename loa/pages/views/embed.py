"""What other sites may show in a frame: an organization's latest releases, or one release; and how to ask for it.

An embed is a page of links and words: no script, no cookie, nothing from anywhere else. oEmbed 1.0 (oembed.com) tells a
site that has only an address of ours which frame to show.
"""

from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree as ET

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import State
from loa.organizations import queries as senders
from loa.pages import rules
from loa.pages.queries import lists, newsrooms, releases
from loa.pages.rules import Wanted
from loa.pages.views.found import find
from loa.portals.middleware import portal_of
from loa.portals.models import Portal
from loa.ui.language import language_of, speaking

LATEST = 5
KEEP_SECONDS = 3600  # how long a site may keep the answer; what is in the frame is always new
CARD = (1200, 630)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A frame to be shown: its address and size, its name, and who stands behind it."""

    src: str
    width: int
    height: int
    title: str
    author: str
    author_url: str
    picture: str

    @property
    def html(self) -> str:
        """The element; sizes as attributes, because a strict site lets in no style beside them."""
        return format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>',
            self.src, self.width, self.height, self.title,
        )  # fmt: skip


@require_safe
def of_newsroom(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest releases of an organization."""
    found = senders.by_slug(portal_of(request).pk, slug)
    if found is None:
        raise Http404
    portal = portal_of(request)
    has_joint = archive.has_joint(found.pk)
    rows = partial(newsrooms.of_newsroom, portal_id=portal.pk, organization_id=found.pk, has_joint=has_joint)
    latest = lists.latest_of(portal, rows, language_of(request), LATEST)
    return _framed(
        request, "pages/embed_newsroom.html", {"organization": found, "entries": latest}, {f"org:{found.pk}"}
    )


@require_safe
def of_release(request: HttpRequest, public_id: str) -> HttpResponse:
    """One release as a card."""
    found = find(request, public_id, _beside_its_id)
    if isinstance(found, HttpResponse):
        found["X-Robots-Tag"] = "noindex"
        found.may_be_framed = True  # type: ignore[attr-defined]
        return found
    context = {"sheet": found.sheet, "address": found.address}
    return _framed(request, "pages/embed_release.html", context, archive.tags(found.entry))


def _beside_its_id(page: str) -> str:
    return f"{page.rsplit('/', 1)[0]}/embed"


def _framed(request: HttpRequest, template: str, context: dict[str, object], tags: set[str]) -> HttpResponse:
    usual = {"zone": portal_of(request).time_zone, "origin": portal_of(request).address}
    answer = rules.public(request, render(request, template, {**usual, **context}), {*tags, "frame"})
    answer["X-Robots-Tag"] = "noindex"  # the page it leads to is the one to be found
    answer.may_be_framed = True  # type: ignore[attr-defined]  # read where the headers are set
    return answer


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Which frame to show for an address of ours; 404 for any other, 501 for a form there is none of."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse("json, xml\n", "text/plain; charset=utf-8", 501)
    portal = portal_of(request)
    wanted = rules.wanted(request.GET.get("url", ""), portal.address, portal.language)
    if wanted is None:
        raise Http404
    frame = _frame(portal, wanted, _size(request, "maxwidth"), _size(request, "maxheight"))
    answer = _as_xml(frame, portal) if form == "xml" else JsonResponse(_facts(frame, portal))
    answer["Access-Control-Allow-Origin"] = "*"  # a page may ask by itself: it is what anybody may read
    return rules.public(request, answer, {"frame"})


def _size(request: HttpRequest, name: str) -> int:
    """The largest side a site has room for; nothing sensible said means any."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and 0 < int(said[:6]) < 100_000 and len(said) < 6 else 10**5


def _frame(portal: Portal, wanted: Wanted, widest: int, highest: int) -> Frame:
    """Raises Http404 where nothing public is at the address."""
    width = min(widest, 640)
    if wanted.slug:
        one = senders.by_slug(portal.pk, wanted.slug)
        if one is None or wanted.language not in portal.spoken:
            raise Http404
        path, height = f"/o/{one.slug}/embed", 520
        with speaking(wanted.language):
            title = _("Tin của %(name)s") % {"name": one.label(wanted.language)}
        picture = portal.link(f"/og/o/{one.slug}.png", wanted.language)
    else:
        entry = releases.one(portal, wanted.public_id, wanted.language)
        text = archive.text_of(entry) if entry is not None else None
        if entry is None or text is None or entry.state == State.WITHDRAWN:
            raise Http404
        one, path, height, title = entry.organization, f"/r/{entry.public_id}/embed", 420, text.headline
        wanted = Wanted(language=text.language, public_id=entry.public_id)
        picture = f"{portal.address}/og/{entry.public_id}-{text.number}.png"
    return Frame(
        src=portal.link(path, wanted.language), width=width, height=min(highest, height), title=title,
        author=one.label(wanted.language), author_url=portal.address + one.get_absolute_url(),
        picture=picture if widest >= CARD[0] and highest >= CARD[1] else "",
    )  # fmt: skip


def _facts(frame: Frame, portal: Portal) -> dict[str, str | int]:
    """The answer (oEmbed 1.0, section 2.3.4); a picture only where it fits the room that was said."""
    facts: dict[str, str | int] = {
        "version": "1.0", "type": "rich", "title": frame.title, "author_name": frame.author,
        "author_url": frame.author_url, "provider_name": portal.name, "provider_url": f"{portal.address}/",
        "cache_age": KEEP_SECONDS, "html": frame.html, "width": frame.width, "height": frame.height,
    }  # fmt: skip
    if frame.picture:
        facts |= {"thumbnail_url": frame.picture, "thumbnail_width": CARD[0], "thumbnail_height": CARD[1]}
    return facts


def _as_xml(frame: Frame, portal: Portal) -> HttpResponse:
    root = ET.Element("oembed")
    for name, value in _facts(frame, portal).items():
        ET.SubElement(root, name).text = str(value)
    written = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(written, "text/xml; charset=utf-8")
