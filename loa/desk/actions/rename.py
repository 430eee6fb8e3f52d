"""Rename: an organization gets another name, and its releases are found by it at once."""

from loa.accounts.models import Person
from loa.archive.models import Entry, State
from loa.desk.actions.search_again import search_again
from loa.organizations.actions import rename as members
from loa.organizations.models import Organization

MOST = 1_000  # entries, the newest: the page waits for them, and tonight's check finds the rest


def rename(moderator: Person, organization: Organization, *, name: str, name_en: str = "") -> None:
    """The name is compared with those of others."""
    members.rename(moderator, organization, name=name, name_en=name_en)
    rows = Entry.objects.filter(organization=organization, state=State.PUBLISHED).order_by("-published_at", "-pk")
    search_again(list(rows.values_list("public_id", flat=True)[:MOST]))
