"""Reads of people."""

from loa.accounts.models import Person
from loa.audit.actions.record import Actor
from loa.portals.models import Portal, StaticPage


def staff() -> list[Person]:
    """Those who keep the queue, by address."""
    return list(Person.objects.filter(is_staff=True).order_by("email"))


def operators() -> list[Person]:
    """Those who run the portal, by address."""
    return list(Person.objects.filter(is_superuser=True, is_active=True).order_by("email"))


def actor(person: Person) -> Actor:
    """A person as audit names whoever acts: the one spelling of a person's id there."""
    return Actor(f"person:{person.pk}", person.email)


def terms_version(portal: Portal | None) -> str:
    """Which terms are in force: the day and minute the portal's text was last edited, in UTC."""
    page = StaticPage.objects.filter(portal=portal, slug="terms").order_by("-edited_at").first()
    return page.edited_at.strftime("terms %Y-%m-%dT%H:%MZ") if page else "terms none"
