"""Reads of releases; permission stands in the query."""

import re
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.accounts.models import Person
from loa.lib import html
from loa.organizations import queries as organizations
from loa.organizations.models import Membership, Organization, Role
from loa.releases.models import Confirmation, Partnership, Release, Translation
from loa.releases.states import EDITABLE, State

_TYPED = ("kind", "headline", "subtitle", "lead", "dateline", "source_name", "source_url", "picture_credit", "contact")
_LISTS = ("pictures", "videos", "attachments", "quotes", "documents")
ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')


def of_person(person: Person) -> QuerySet[Release]:
    """Every release a person may edit, latest first: their organizations', and what they write for others.

    An agency's people see what the agency wrote, while the client wants it; the portal's editors what they write for an
    organization, until it is out.
    """
    belongs = Membership.objects.filter(person=person).values("organization")
    mandate = organizations.mandates().filter(client=OuterRef("organization"), agency=OuterRef("agency"))
    mine = Q(organization__in=belongs) | Q(Q(agency__in=belongs), Exists(mandate))
    if person.is_staff:
        mine |= Q(is_by_desk=True, entry=None)
    rows = Release.objects.select_related("organization__portal", "agency__portal", "entry__current", "entry__portal")
    return rows.filter(mine).order_by("-saved_at")


def of_organization(person: Person, organization: Organization) -> QuerySet[Release]:
    """The releases of one organization that this person may edit."""
    return of_person(person).filter(organization=organization)


def get_for_editor(person: Person, public_id: str) -> Release | None:
    """A release this person may edit, or None for “is not” and “not for you” alike."""
    return of_person(person).filter(public_id=public_id).first()


def waiting(portal_id: int) -> QuerySet[Release]:
    """What waits for a moderator, oldest first."""
    rows = Release.objects.select_related("organization__portal", "agency__portal", "author", "section")
    return rows.filter(state=State.SUBMITTED, organization__portal_id=portal_id).order_by("submitted_at")


def scheduled(portal_id: int) -> QuerySet[Release]:
    """What may go out and waits for the time its sender chose, the next first."""
    rows = Release.objects.select_related("organization__portal", "agency__portal", "author", "section")
    return rows.filter(state=State.SCHEDULED, organization__portal_id=portal_id).order_by("publish_at", "pk")


def due(now: datetime) -> QuerySet[Release]:
    """What should go out by now, the longest due first."""
    rows = Release.objects.select_related("organization__portal", "agency__portal", "section")
    return rows.filter(state=State.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")


def next_due() -> datetime | None:
    """When the next release should go out (UTC)."""
    rows = Release.objects.filter(state=State.SCHEDULED).order_by("publish_at")
    return rows.values_list("publish_at", flat=True).first()


def of_entry(entry_id: int) -> Release | None:
    """The release an entry was shelved from."""
    return Release.objects.select_related("organization", "author").filter(entry_id=entry_id).first()


def translation(release: Release, language: str) -> Translation | None:
    """The text in hand in another language."""
    return release.translations.filter(language=language).first()


def words_of(release: Release) -> dict[str, str]:
    """Everything a release says, as plain text by field; two of these show what changed between them."""
    words = {name: str(getattr(release, name)) for name in _TYPED}
    words |= {
        "section": release.section.name_vi if release.section else "",
        "place": release.place.name if release.place else "",
        "topics": ", ".join(sorted(topic.label("vi") for topic in release.topics.all())),
        "licence": str(release.licence),
        "body": html.to_text(release.body_html),
        "links": "\n".join(ADDRESS.findall(release.body_html)),  # a link leads elsewhere under the same words
        "facts": _line(release.facts),
    }
    return words | {name: "\n".join(_line(row) for row in getattr(release, name)) for name in _LISTS}


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
