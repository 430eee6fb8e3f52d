"""Which releases a person may edit, which wait, and which came to be an entry; permission stands in the query."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.accounts import queries as accounts
from loa.accounts.models import Person
from loa.organizations import queries as organizations
from loa.organizations.models import Membership, Organization
from loa.releases.models import Release, Translation
from loa.releases.states import State


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
