"""Reads of releases; permission stands in the query."""

from django.db.models import QuerySet

from loa.accounts.models import Person
from loa.organizations.models import Organization
from loa.releases.models import Release
from loa.releases.states import State


def of_person(person: Person) -> QuerySet[Release]:
    """Every release of the organizations a person belongs to, latest first."""
    mine = Release.objects.select_related("organization", "entry__current", "entry__portal")
    return mine.filter(organization__memberships__person=person).order_by("-saved_at")


def of_organization(person: Person, organization: Organization) -> QuerySet[Release]:
    """The releases of one organization, for a member of it."""
    return of_person(person).filter(organization=organization)


def get_for_editor(person: Person, public_id: str) -> Release | None:
    """A release this person may edit, or None for “is not” and “not for you” alike."""
    return of_person(person).filter(public_id=public_id).first()


def waiting(portal_id: int) -> QuerySet[Release]:
    """What waits for a moderator, oldest first."""
    rows = Release.objects.select_related("organization", "author", "section")
    return rows.filter(state=State.SUBMITTED, organization__portal_id=portal_id).order_by("submitted_at")


def of_entry(entry_id: int) -> Release | None:
    """The release an entry was shelved from."""
    return Release.objects.select_related("organization", "author").filter(entry_id=entry_id).first()
