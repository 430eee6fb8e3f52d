"""An organization's public page: who it is, what it gave out, shows and says, and how to reach and follow it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.archive.queries import Tally
from loa.archive.rules import kind_name
from loa.lib import clock, tax_codes
from loa.organizations import queries as senders
from loa.organizations.models import Organization
from loa.pages.queries import lists, newsrooms
from loa.pages.views import structured
from loa.pages.views.answers import page
from loa.pages.views.lists import cursors, ways
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

SHORT = 6  # releases beside which the pictures find room, so that no hole is left beside the column of facts
CONTACT_LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class Chip:
    """One way to narrow the list, with how much it leaves."""

    name: str
    entries: int
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a sender, and when it was seen first and last."""

    words: str
    since: datetime
    checked: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """What the portal itself knows of a sender, in figures."""

    releases: int
    withdrawn: int
    first_at: datetime | None


@require_safe
def newsroom(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; narrowed to a year or a kind, and further down its list, it is the list alone."""
    portal, language = portal_of(request), language_of(request)
    found, people = senders.newsroom(portal.pk, slug)
    if found is None:
        raise Http404
    counted = archive.tallies(found.pk, portal.time_zone)
    chosen = _chosen(request, counted)
    whole = not chosen and not any(cursors(request).values())
    has_joint = any(not one.is_own for one in counted)
    values: dict[str, Any] = {"portal_id": portal.pk, "organization_id": found.pk, "has_joint": has_joint}
    rows = partial(newsrooms.of_newsroom, **values, **_narrowed(chosen, portal.time_zone))
    if whole:
        rows = partial(rows, now=clock.now())
    listing = lists.listing(
        portal, rows, language, **cursors(request), beside=newsrooms.beside_newsroom if whole else None,
        short=archive.as_cards,
    )  # fmt: skip
    profile = (found.profile_en if language != "vi" else "") or found.profile
    name_here = found.label(language)
    context = {
        **ways(request, listing, name_here if whole else _("Thông cáo"), chosen=chosen),
        "name_here": name_here,
        "organization": found,
        "profile": profile,
        "site": urlsplit(found.website).netloc.removeprefix("www."),
        "is_whole": whole,
        "is_short": len(listing.entries) <= SHORT,
        "trail": [(_("Tổ chức"), "/o/"), *([] if whole else [(name_here, f"/o/{slug}")])],
        "level": 3,  # of the headlines: their list has a heading of its own here
        "record": _record(counted),
        "evidence": evidence(found),
        "years": _years(counted, chosen),
        "kinds": _kinds(counted, chosen),
        "chosen": chosen,
        "feed": f"/o/{slug}/feed",
        "card": portal.link(f"/og/o/{slug}.png", language),
        "json_ld": structured.newsroom(found, portal, profile=profile, people=people, language=language),
    }
    if whole:
        context |= {"people": people, "contacts": contacts(found), **_seen(listing.beside, found)}
        context["quotations"] = newsrooms.quotations(found.pk, language)
    return page(request, "pages/newsroom.html", context, [f"org:{found.pk}"])


@require_safe
def media(request: HttpRequest, slug: str) -> HttpResponse:
    """Every picture and video of an organization, release by release."""
    portal = portal_of(request)
    found, _people = senders.newsroom(portal.pk, slug)
    if found is None:
        raise Http404
    has_joint = archive.has_joint(found.pk)
    rows = partial(newsrooms.of_album, portal_id=portal.pk, organization_id=found.pk, has_joint=has_joint)
    listing = lists.listing(portal, rows, language_of(request), **cursors(request), short=archive.as_cards)
    title = _("Hình ảnh và video")
    context = {
        **ways(request, listing, title), "organization": found,
        "trail": [(_("Tổ chức"), "/o/"), (found.label(language_of(request)), f"/o/{slug}")],
        "card": portal.link(f"/og/o/{slug}.png", language_of(request)),
    }  # fmt: skip
    return page(request, "pages/newsroom_media.html", context, [f"org:{found.pk}"])


def contacts(one: Organization) -> list[dict[str, str]]:
    """Whom the press may ask, with an address to call."""
    return [
        {
            **row,
            "tel": "".join(sign for sign in row.get("phone", "").lower().partition("máy")[0] if sign in "+0123456789"),
            "languages": ", ".join(CONTACT_LANGUAGES.get(code, code) for code in row.get("language", "").split()),
        }
        for row in one.press_contacts
    ]


def _chosen(request: HttpRequest, counted: list[Tally]) -> dict[str, str]:
    """The year and the kind that were asked for, if there is anything of them."""
    known = {"year": {str(one.year) for one in counted}, "kind": {one.kind for one in counted}}
    asked = {name: request.GET.get(name, "") for name in known}
    return {name: value for name, value in asked.items() if value in known[name]}


def _narrowed(chosen: dict[str, str], zone: str) -> dict[str, Any]:
    """What `newsrooms.of_newsroom` narrows by."""
    values: dict[str, Any] = {"kind": kind} if (kind := chosen.get("kind")) else {}
    if year := chosen.get("year"):
        values["begins"], values["ends"] = archive.year_bounds(int(year), zone)
    return values


def _seen(entries: list[Entry], one: Organization) -> dict[str, Any]:
    """What of the entries read is shown beside the list, each in its own order."""
    now = clock.now()
    dated = [entry for entry in entries if hasattr(entry, "occasion") and entry.occasion.ends_at >= now]
    ahead = sorted(dated, key=lambda entry: (entry.occasion.starts_at, entry.pk))[: newsrooms.NEWSROOM_AHEAD]
    own_life = [entry for entry in entries if entry.kind == archive.LIFE and entry.organization_id == one.pk]
    texts = [(entry, entry.current) for entry in entries if entry.current is not None]
    pictures = [(picture, entry) for entry, text in texts for picture in text.pictures]
    videos = [(video, entry) for entry, text in texts for video in text.videos]
    return {
        "ahead": ahead,
        "life": own_life[: newsrooms.LIFE],
        "pictures": pictures[: newsrooms.PICTURES],
        "videos": videos[: newsrooms.VIDEOS],
    }


def evidence(one: Organization) -> list[Evidence]:
    """What was proven, in words; a suspended or closed organization shows it too, without the mark."""
    words = {
        "dns": _("Bản ghi DNS trên %(domain)s"), "file": _("Tệp trên trang web %(domain)s"),
        "mailbox": _("Hộp thư trên tên miền %(domain)s"),
        "register": _("Mã số thuế %(code)s, biên tập viên đã tra sổ đăng ký"),
    }  # fmt: skip
    if tax_codes.is_household(one.tax_code):
        note = _("%(words)s (mã 12 số của hộ kinh doanh, không có số kiểm tra)")
        words["register"] = note % {"words": words["register"]}
    code = tax_codes.for_readers(one.tax_code)
    return [
        Evidence(
            words[row["way"]] % {"code": code, "domain": row["domain"]},
            datetime.fromisoformat(row["since"]), datetime.fromisoformat(row["checked"]),
        )
        for row in one.evidence
    ]  # fmt: skip


def _record(counted: list[Tally]) -> Record:
    shown = [one for one in counted if one.state == State.PUBLISHED]
    return Record(
        releases=sum(one.entries for one in shown),
        withdrawn=sum(one.entries for one in counted if one.state == State.WITHDRAWN),
        first_at=min((one.first_at for one in shown), default=None),
    )


def _years(counted: list[Tally], chosen: dict[str, str]) -> list[Chip]:
    found = _sums(counted, "year", {"kind": chosen.get("kind", "")})
    return [_chip("year", str(year), str(year), found[year], chosen) for year in sorted(found, reverse=True)]


def _kinds(counted: list[Tally], chosen: dict[str, str]) -> list[Chip]:
    found = _sums(counted, "kind", {"year": chosen.get("year", "")})
    ordered = sorted(found, key=lambda kind: (-found[kind], kind))
    return [_chip("kind", kind, kind_name(kind), found[kind], chosen) for kind in ordered]


def _sums(counted: list[Tally], by: str, other: dict[str, str]) -> dict[Any, int]:
    """How many of each, among those the other choice leaves."""
    sums: dict[Any, int] = {}
    for one in counted:
        fits = all(not value or str(getattr(one, name)) == value for name, value in other.items())
        if one.state == State.PUBLISHED and fits:
            sums[getattr(one, by)] = sums.get(getattr(one, by), 0) + one.entries
    return sums


def _chip(name: str, value: str, words: str, entries: int, chosen: dict[str, str]) -> Chip:
    """A chosen one leads to the list without it."""
    is_chosen = chosen.get(name) == value
    rest = {key: one for key, one in chosen.items() if key != name}
    asked = rest if is_chosen else {**rest, name: value}
    return Chip(words, entries, f"?{urlencode(dict(sorted(asked.items())))}" if asked else "", is_chosen)
