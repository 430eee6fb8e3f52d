"""Reads of a person's inbox; nobody reads another's."""

from django.db.models import QuerySet

from loa.accounts.models import Person
from loa.inbox.models import Choice, Item, WayOut
from loa.portals.models import Portal


def of_person(person: Person, portal: Portal) -> QuerySet[Item]:
    """What happened to a person at a portal, the latest first."""
    return Item.objects.filter(person=person, portal=portal).order_by("-at", "-pk")


def unread(person: Person, portal: Portal) -> int:
    """How many of these they have not opened yet."""
    return Item.objects.filter(person=person, portal=portal, read_at=None).count()


def only_here(person: Person) -> set[str]:
    """The kinds that a person wants in the inbox alone."""
    return set(Choice.objects.filter(person=person).values_list("kind", flat=True))


def way_out(token: str) -> WayOut | None:
    """Whose mail of which kind an address is to leave; its account is still there."""
    return WayOut.objects.select_related("person").filter(token=token, person__is_active=True).first()
