"""Reads of topics and sections."""

from django.db.models import QuerySet

from loa.portals.models import Portal
from loa.topics.models import Section, Topic


def sections(portal: Portal) -> QuerySet[Section]:
    """A portal's sections in their order."""
    return Section.objects.filter(portal=portal)


def section(portal: Portal, slug: str) -> Section | None:
    """One section of a portal."""
    return Section.objects.filter(portal=portal, slug=slug).first()


def topic(qcode: str) -> Topic | None:
    """A topic by its qcode (`medtop:04000000`)."""
    return Topic.objects.filter(qcode=qcode).first()
