"""Whose word is asked for: other senders, members who approve, owners who confirm."""

from django.core import signing
from django.db.models import QuerySet

from loa.accounts.models import Person
from loa.organizations.models import Membership, Role
from loa.releases.models import Approval, Confirmation, Partnership, Release, Revision
from loa.releases.states import EDITABLE

LINK = "releases.partner"
LINK_DAYS = 14


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


def asked_of(person: Person) -> QuerySet[Partnership]:
    """Joint releases that wait for an answer of an organization of this person's, the oldest first."""
    rows = Partnership.objects.select_related("release__organization", "organization")
    mine = rows.filter(organization__memberships__person=person, release__state__in=EDITABLE)
    return mine.filter(answered_at=None).order_by("asked_at")


def partnership_for(person: Person, public_id: str) -> Partnership | None:
    """A joint release that somebody of the asked organization may read and answer, or None."""
    rows = Partnership.objects.select_related("release__organization__portal", "organization")
    return rows.filter(organization__memberships__person=person, public_id=public_id).first()


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
