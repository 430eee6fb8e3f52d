"""Reads of releases; permission stands in the query."""

import json
import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from django.core import signing
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from loa.accounts import queries as accounts
from loa.accounts.models import Person
from loa.lib import clock, html, tokens
from loa.lib.looks import GONE, NIGHTS, NIGHTS_OF_SILENCE
from loa.media import queries as media
from loa.organizations import queries as organizations
from loa.organizations.models import Membership, Organization, Role
from loa.places.models import Place
from loa.releases.models import (
    Approval,
    Confirmation,
    EarlyReader,
    Partnership,
    Presence,
    PublicLink,
    Release,
    Revision,
    Translation,
    Way,
)
from loa.releases.states import EDITABLE, State
from loa.topics.models import Section, Topic

_TYPED = ("kind", "headline", "subtitle", "lead", "dateline", "source_name", "source_url", "picture_credit", "contact")
_LISTS = ("pictures", "videos", "attachments", "quotes", "documents")
ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')


def web_addresses(body_html: str, *others: str) -> list[str]:
    """The addresses on the web that a body, and fields beside it, lead to, each once."""
    found = (*map(unescape, ADDRESS.findall(body_html)), *others)
    return list(dict.fromkeys(one for one in found if one.startswith(("https://", "http://")) and len(one) <= 1000))


def of_person(person: Person) -> QuerySet[Release]:
    """Every release a person may edit, latest first: their organizations', and what they write for others.

    An agency's people see what the agency wrote, while the client wants it; the portal's editors what they write for an
    organization, until it is out.
    """
    belongs = Membership.objects.filter(person=person).values("organization")
    mandate = organizations.mandates().filter(client=OuterRef("organization"), agency=OuterRef("agency"))
    mine = Q(organization__in=belongs) | Q(Q(agency__in=belongs), Exists(mandate))
    if accounts.edits_all(person):
        mine |= Q(is_by_desk=True, entry=None)
    else:
        mine |= Q(is_by_desk=True, entry=None, organization__portal__in=accounts.edited(person))
    rows = Release.objects.select_related("organization__portal", "agency__portal", "entry__current", "entry__portal")
    return rows.filter(mine).order_by("-saved_at")


def of_organization(person: Person, organization: Organization) -> QuerySet[Release]:
    """The releases of one organization that this person may edit."""
    return of_person(person).filter(organization=organization)


def get_for_editor(person: Person, public_id: str) -> Release | None:
    """A release this person may edit, or None for “is not” and “not for you” alike."""
    return of_person(person).filter(public_id=public_id).first()


def may_write(person: Person, release: Release) -> bool:
    """Whether this person may edit a release."""
    return of_person(person).filter(pk=release.pk).exists()


def waiting(portal_id: int) -> QuerySet[Release]:
    """What waits for a moderator, oldest first."""
    rows = Release.objects.select_related("organization__portal", "agency__portal", "author", "section")
    return rows.filter(state=State.SUBMITTED, organization__portal_id=portal_id).order_by("submitted_at")


def scheduled(portal_id: int) -> QuerySet[Release]:
    """What may go out and waits for the time its sender chose, the next first."""
    rows = Release.objects.select_related("organization__portal", "agency__portal", "author", "section")
    return rows.filter(state=State.SCHEDULED, organization__portal_id=portal_id).order_by("publish_at", "pk")


def due(now: datetime, without: Collection[int] = ()) -> QuerySet[Release]:
    """What should go out by now, the longest due first; `without` are keys of rows to leave out."""
    rows = Release.objects.select_related("organization__portal", "agency__portal", "section")
    return rows.filter(state=State.SCHEDULED, publish_at__lte=now).exclude(pk__in=without).order_by("publish_at", "pk")


def next_due(without: Collection[int] = ()) -> datetime | None:
    """When the next release should go out (UTC)."""
    rows = Release.objects.filter(state=State.SCHEDULED).exclude(pk__in=without).order_by("publish_at")
    return rows.values_list("publish_at", flat=True).first()


def of_entry(entry_id: int) -> Release | None:
    """The release an entry was shelved from."""
    return Release.objects.select_related("organization", "author").filter(entry_id=entry_id).first()


def translation(release: Release, language: str) -> Translation | None:
    """The text in hand in another language."""
    return release.translations.filter(language=language).first()


def plain(release: Release, topics: Iterable[int] | None = None) -> dict[str, Any]:
    """Everything a release says as plain values, rows by their key; `topics` where they are not those it has."""
    names = (*_TYPED, *_LISTS, "body_html", "language", "licence", "is_ai", "facts")
    chosen = release.topics.values_list("pk", flat=True) if topics is None else topics
    keys = {"section": release.section_id, "place": release.place_id, "topics": sorted(chosen)}
    return {name: getattr(release, name) for name in names} | keys


def for_a_copy(release: Release) -> dict[str, Any]:
    """The plain values that another release may begin with: no date, and nobody's yes to a quote."""
    fields: dict[str, Any] = json.loads(json.dumps(plain(release)))
    quotes = [{name: value for name, value in one.items() if name != "is_confirmed"} for one in fields["quotes"]]
    return {**fields, "dateline": "", "quotes": quotes}


TRANSLATED = ("headline", "subtitle", "lead", "dateline", "contact")
TRANSLATED_ROWS = ("quotes", "pictures", "facts")


def plain_translation(translation: Translation) -> dict[str, Any]:
    """Everything a translation says as plain values."""
    return {name: getattr(translation, name) for name in (*TRANSLATED, *TRANSLATED_ROWS, "body_html")}


def words_of(release: Release) -> dict[str, str]:
    """Everything a release says, as plain text by field; two of these show what changed between them."""
    return words(plain(release))


def words(fields: dict[str, Any]) -> dict[str, str]:
    """The same of plain values."""
    section = Section.objects.filter(pk=fields.get("section") or 0).first()
    place = Place.objects.filter(pk=fields.get("place") or 0).first()
    topics = Topic.objects.filter(pk__in=fields.get("topics") or [])
    body = str(fields.get("body_html") or "")
    said = {name: str(fields.get(name) or "") for name in _TYPED}
    said |= {
        "section": section.name_vi if section else "",
        "place": place.name if place else "",
        "topics": ", ".join(sorted(topic.label("vi") for topic in topics)),
        "licence": str(fields.get("licence") or ""),
        "body": html.to_text(body),
        "links": "\n".join(ADDRESS.findall(body)),  # a link leads elsewhere under the same words
        "facts": _line(fields.get("facts")),
    }
    return said | {name: "\n".join(_line(row) for row in rows_in(fields.get(name))) for name in _LISTS}


def rows_in(value: Any) -> Iterable[Any]:
    """The rows of a list; a translation keeps the words of each under its key."""
    return value.values() if isinstance(value, dict) else value or ()


def _line(value: Any) -> str:
    """The plain values of a list or a mapping, however deep, on one line."""
    if isinstance(value, str | int | float):
        return str(value) if value else ""
    # PostgreSQL keeps a mapping in an order of its own: the same words must stand in the same order everywhere.
    parts = [value[key] for key in sorted(value)] if isinstance(value, dict) else value or ()
    return " · ".join(part for part in map(_line, parts) if part)


def partnerships(release: Release) -> QuerySet[Partnership]:
    """The other senders of a joint release, in the order they were asked."""
    return release.partnerships.select_related("organization").order_by("pk")


def approvals(release: Release) -> QuerySet[Approval]:
    """Whom its writers asked to approve it, in the order they were asked."""
    return release.approvals.select_related("person", "asked_by").order_by("pk")


def writers(release: Release) -> set[int]:
    """Who wrote the text as it stands: whoever began it, and whoever saved it last."""
    last = Revision.objects.filter(release=release, language="", number=release.revision, person__isnull=False)
    return {*last.values_list("person_id", flat=True), *([release.author_id] if release.author_id else [])}


def member_at(address: str, release: Release) -> Person | None:
    """The member of a release's organization with this address, however it is spelt; or None."""
    people = Person.objects.filter(email__iexact=address, is_active=True)
    return people.filter(memberships__organization=release.organization_id).first()


def to_approve(person: Person) -> QuerySet[Approval]:
    """Texts that wait for this member's word, the oldest first."""
    rows = Approval.objects.select_related("release__organization").filter(person=person, answered_at=None)
    belongs = Membership.objects.filter(person=person).values("organization")
    return rows.filter(release__state__in=EDITABLE, release__organization__in=belongs).order_by("asked_at")


def approval_for(person: Person, public_id: str) -> Approval | None:
    """What a member was asked, while they belong to the organization; or None."""
    rows = Approval.objects.select_related("release__organization__portal", "release__author", "person")
    belongs = Membership.objects.filter(person=person).values("organization")
    return rows.filter(person=person, public_id=public_id, release__organization__in=belongs).first()


def approval_of_link(token: str) -> Approval | None:
    """What a person without an account was asked by a mailed link, until it expires or the text is sent; or None."""
    rows = _guests().select_related("release__organization__portal", "release__author")
    return rows.filter(token_digest=tokens.digest(token.encode())).first()


def _guests() -> QuerySet[Approval]:
    """What people without an account may read now: texts in hand of organizations that may act."""
    rows = Approval.objects.filter(person=None, expires_at__gt=clock.now(), release__state__in=EDITABLE)
    return rows.filter(release__organization__suspended_at=None, release__organization__closed_at=None)


def shown_to_guest(token_digest: str) -> Release | None:
    """The release that a good link leads to, by the digest of its token; its files may be seen too."""
    if not token_digest:
        return None
    approval = _guests().select_related("release").filter(token_digest=token_digest).first()
    if approval is not None:
        return approval.release
    reader = EarlyReader.objects.select_related("release").filter(token_digest=token_digest).first()
    return reader.release if reader is not None and may_read_early(reader) else None


def early_readers(release: Release) -> QuerySet[EarlyReader]:
    """Who may read it before its time, in the order they were named, with how often and when they opened it."""
    rows = release.early_readers.annotate(opened=Count("openings"), last_opened_at=Max("openings__opened_at"))
    return rows.order_by("pk")


def early_reader_of_link(token: str) -> EarlyReader | None:
    """Whom a mailed link was sent to, unless it was taken back; whether they may read now is asked apart."""
    rows = EarlyReader.objects.select_related("release__organization__portal", "release__entry__current")
    return rows.filter(token_digest=tokens.digest(token.encode()), revoked_at=None).first()


def may_read_early(reader: EarlyReader) -> bool:
    """Whether the text is theirs to read now: it waits for its time, and their link is good."""
    is_good = reader.revoked_at is None and reader.expires_at > clock.now()
    return is_good and reader.release.state == State.SCHEDULED


def asked_of(person: Person) -> QuerySet[Partnership]:
    """Joint releases that wait for an answer of an organization of this person's, the oldest first."""
    rows = Partnership.objects.select_related("release__organization", "organization")
    mine = rows.filter(organization__memberships__person=person, release__state__in=EDITABLE)
    return mine.filter(answered_at=None).order_by("asked_at")


def partnership_for(person: Person, public_id: str) -> Partnership | None:
    """A joint release that somebody of the asked organization may read and answer, or None."""
    rows = Partnership.objects.select_related("release__organization__portal", "organization")
    return rows.filter(organization__memberships__person=person, public_id=public_id).first()


LINK = "releases.partner"
LINK_DAYS = 14


def mailed_link(asked: Partnership | Confirmation, person: Person) -> str:
    """The part of a mailed link that stands for one member of the asked organization."""
    return signing.dumps([asked.public_id, person.pk], salt=LINK)


def person_of_link(token: str, public_id: str) -> Person | None:
    """Whom a mailed link was sent to, for two weeks; whether they still may answer is asked when they do."""
    try:
        asked, person = signing.loads(token, salt=LINK, max_age=LINK_DAYS * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Person.objects.filter(pk=person, is_active=True).first() if asked == public_id else None


def confirmation_for(person: Person, public_id: str) -> Confirmation | None:
    """A text written for an organization that an owner of it may read and answer, or None."""
    rows = Confirmation.objects.select_related("release__organization__portal", "release__author")
    owned = Membership.objects.filter(person=person, role=Role.OWNER).values("organization")
    return rows.filter(release__organization__in=owned, public_id=public_id).first()


def to_confirm(person: Person) -> QuerySet[Confirmation]:
    """Texts that wait for the word of an owner, the oldest first."""
    rows = Confirmation.objects.select_related("release__organization").filter(answered_at=None)
    owned = Membership.objects.filter(person=person, role=Role.OWNER).values("organization")
    return rows.filter(release__organization__in=owned, release__state__in=EDITABLE).order_by("asked_at")


def still_there(release: Release, fields: dict[str, Any]) -> dict[str, Any]:
    """Plain values of an earlier day without what is gone since: sections, places, topics and files."""
    owner_key = f"organization:{release.organization_id}"
    files = media.files_in([json.dumps([fields.get(name) for name in _FILES])])
    gone = files - media.owned(owner_key, files)
    kept: dict[str, Any] = {
        name: [row for row in fields[name] if not media.files_in([json.dumps(row)]) & gone] for name in _FILES
    }
    body = str(fields["body_html"])
    for file in gone:
        body = re.sub(_FIGURE.format(file), "", body)
    section, place = fields["section"], fields["place"]
    keys = {
        "section": section if Section.objects.filter(pk=section).exists() else None,
        "place": place if Place.objects.filter(pk=place).exists() else None,
        "topics": sorted(Topic.objects.filter(pk__in=fields["topics"]).values_list("pk", flat=True)),
    }
    return {**fields, **kept, **keys, "body_html": body}


_FILES = ("pictures", "videos", "attachments")
_FIGURE = r"<figure><img [^>]*{}[^>]*>(?:<figcaption>.*?</figcaption>)?</figure>\n?"

BESIDE = (Way.ASIDE, Way.SENT)  # revisions that were never what the release said
HERE = timedelta(seconds=45)  # how long somebody counts as being here after their page was heard of


def line(release: Release, language: str = "") -> QuerySet[Revision]:
    """What a release said, one revision after another, the latest first."""
    rows = release.revisions.filter(language=language).exclude(way__in=BESIDE)
    return rows.select_related("person").order_by("-number")


def set_aside(release: Release) -> QuerySet[Revision]:
    """Texts kept because others had changed the same fields, and that wait for a person, the latest first."""
    rows = release.revisions.filter(way=Way.ASIDE, is_settled=False)
    return rows.select_related("person", "base").order_by("-saved_at")


def revision(release: Release, public_id: str) -> Revision | None:
    """One revision of a release, whatever its kind."""
    return release.revisions.select_related("person", "base").filter(public_id=public_id).first()


def others_here(release: Release, person: Person, now: datetime) -> list[Presence]:
    """Who else has the release open, each once, the last seen first."""
    rows = release.presences.select_related("person").filter(seen_at__gte=now - HERE).exclude(person=person)
    return list({row.person_id: row for row in rows.order_by("seen_at")}.values())[::-1]


def public_links(portal_id: int) -> QuerySet[PublicLink]:
    """What the published releases of a portal lead to, what was found first standing first."""
    rows = PublicLink.objects.select_related("release__organization", "release__entry")
    return rows.filter(release__organization__portal_id=portal_id).order_by("since", "pk")


def dead(links: QuerySet[PublicLink]) -> QuerySet[PublicLink]:
    """Those of these links behind which nothing is any more, save those that are left so on purpose."""
    is_gone = Q(answer__in=GONE, nights__gte=NIGHTS)
    is_silent = Q(answer="silent", nights__gte=NIGHTS_OF_SILENCE)
    return links.filter(is_gone | is_silent, is_left=False)


def moved(links: QuerySet[PublicLink]) -> QuerySet[PublicLink]:
    """Those of these links that lead elsewhere now, save those that are left so on purpose."""
    return links.filter(answer="moved", nights__gte=NIGHTS, is_left=False)


def links_for(person: Person, organization: Organization) -> QuerySet[PublicLink]:
    """What the published releases of an organization lead to, of those this person may correct."""
    mine = of_organization(person, organization).filter(state=State.PUBLISHED)
    return public_links(organization.portal_id).filter(release__in=mine.order_by().values("pk"))
