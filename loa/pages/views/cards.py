"""The pictures that stand for pages where their address is shared, drawn once for each text and language."""

from pathlib import Path
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive import rules as texts
from loa.archive.models import Entry, State, Version
from loa.lib import card_shelf, dates
from loa.lib.cards import Card
from loa.media import store
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.pages import rules
from loa.portals.middleware import portal_of
from loa.ui.language import language_of, speaking

FRESH = "public, max-age=3600"  # networks keep their own copy anyway


@require_safe
def of_text(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The card of a text that readers find now; an old version leads to the present one, a withdrawn one is gone."""
    entry = archive.by_public_id(portal_of(request).pk, public_id)
    if entry is None or entry.current is None:
        raise Http404
    if entry.state == State.WITHDRAWN:
        card_shelf.forget(rules.cards_folder(), public_id)
        gone = HttpResponse(_("Thông cáo đã được rút") + "\n", "text/plain; charset=utf-8", 410)
        return rules.public(request, gone, archive.tags(entry))
    version = next((one for one in archive.texts(entry).values() if one.number == number), None)
    if version is None:
        if not any(one.number == number for one in archive.past(entry)):
            raise Http404
        return HttpResponseRedirect(path_of(public_id, entry.current.number))
    picture = card_shelf.kept(rules.cards_folder(), public_id, _of(entry, version))
    return _answer(request, picture, archive.tags(entry))


@require_safe
def of_portal(request: HttpRequest) -> HttpResponse:
    """The card of every page that is no text: the portal and what it says of itself."""
    portal, language = portal_of(request), language_of(request)
    says = portal.tagline.get(language) or portal.tagline.get(portal.language) or portal.name
    host = portal.address.partition("://")[2]
    card = Card(headline=says, sender=host, portal=portal.name, accent=portal.accent)
    return _answer(request, card_shelf.kept(rules.cards_folder(), f"portal-{portal.pk}", card), {"frame"})


@require_safe
def of_newsroom(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a newsroom."""
    portal = portal_of(request)
    found = organizations.by_slug(portal.pk, slug)
    if found is None:
        raise Http404
    card = Card(
        headline=found.label(language_of(request)),
        sender=str(found.get_kind_display()),
        portal=portal.name,
        accent=portal.accent,
        label=_("Phòng tin"),
        logo=_logo(found),
    )
    return _answer(request, card_shelf.kept(rules.cards_folder(), f"newsroom-{found.pk}", card), {f"org:{found.pk}"})


def path_of(public_id: str, number: int) -> str:
    """Where the card of a text is."""
    return f"/og/{public_id}-{number}.png"


def _of(entry: Entry, version: Version) -> Card:
    local = entry.published_at.astimezone(ZoneInfo(entry.portal.time_zone)).date()
    with speaking(version.language) as language:
        return Card(
            headline=version.headline,
            sender=entry.organization.label(language),
            portal=entry.portal.name,
            accent=entry.portal.accent,
            label=_label(entry.kind),
            when=dates.day_in_words(local, language),
            logo=_logo(entry.organization),
        )


def _label(kind: str) -> str:
    """What the text is, in words."""
    if kind == "event":
        return _("Sự kiện")
    names = {"News": _("Tin dẫn nguồn"), "Feature": _("Chuyện trong nhà")}
    return names.get(texts.genre(kind), _("Thông cáo báo chí"))


def _logo(organization: Organization) -> Path | None:
    name = organization.logo.removeprefix("/media/")
    return store.folder() / name if name and "/" not in name and not name.startswith(".") else None


def _answer(request: HttpRequest, picture: bytes, tags: set[str]) -> HttpResponse:
    answer = rules.public(request, HttpResponse(picture, content_type="image/png"), tags)
    answer["Cache-Control"] = FRESH
    return answer
