"""Leave: a person wants one kind no longer by mail; the address to say so stands in every such mail."""

from loa.accounts.models import Person
from loa.inbox.models import Choice, WayOut
from loa.portals.models import Portal


def way_out(person: Person, kind: str, *, portal: Portal, language: str) -> str:
    """The address of the page with the button; a mail program's POST there leaves at once (RFC 8058)."""
    row, _is_new = WayOut.objects.get_or_create(person=person, kind=kind)
    return portal.link(f"/inbox/leave/{row.token}", language)


def leave(way: WayOut) -> None:
    """From now on it is in the inbox alone; twice is once."""
    Choice.objects.bulk_create([Choice(person_id=way.person_id, kind=way.kind)], ignore_conflicts=True)
