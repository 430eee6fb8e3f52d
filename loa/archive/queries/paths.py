"""Where entries stand, and where they stood before they came here."""

from collections.abc import Collection, Iterator

from loa.archive.models import Entry, OldAddress, Version
from loa.portals.models import Portal


def address(entry: Entry, version: Version | None = None) -> str:
    """The permanent path of an entry, in its own language or in a version's."""
    version = version or entry.current
    if version is None:
        return f"/r/{entry.public_id}"
    return path_of(entry.public_id, version.slug, version.language, entry.portal.language)


def addresses(portal: Portal) -> Iterator[str]:
    """The permanent paths of all entries of a portal, withdrawn ones too, the oldest first."""
    rows = Entry.objects.filter(portal=portal).exclude(current=None).order_by("published_at", "pk")
    for public_id, slug, language in rows.values_list("public_id", "current__slug", "current__language").iterator():
        yield path_of(public_id, slug, language, portal.language)


def link(entry: Entry, version: Version | None = None) -> str:
    """Where a page that shows it among others leads: its path, or its whole address where it is another portal's."""
    return f"{entry.portal.address if entry.is_elsewhere else ''}{address(entry, version)}"


def path_of(public_id: str, slug: str, language: str, own: str) -> str:
    """The permanent path of a text, on a portal whose own language is `own`."""
    return f"{'' if language == own else f'/{language}'}/r/{public_id}/{slug}"


def by_keys(keys: Collection[str]) -> dict[str, str]:
    """The paths of the entries with these keys of the writing side."""
    rows = Entry.objects.filter(release_key__in=list(keys)).select_related("current", "portal")
    return {entry.release_key: address(entry) for entry in rows}


def by_old_address(portal_id: int, host: str, paths: list[str]) -> Entry | None:
    """The entry that stood at the first of these paths (`rules.old_address`) before it came here.

    One of that host comes before one of another; a path that two others had leads nowhere.
    """
    rows = OldAddress.objects.filter(portal_id=portal_id, path__in=paths)
    found = list(rows.select_related("entry__current", "entry__portal"))
    for path in paths:
        there = [row for row in found if row.path == path]
        own = [row for row in there if row.host == host] or [row for row in there if not row.host] or there
        if len({row.entry_id for row in own}) == 1:
            return own[0].entry
    return None


def by_old_addresses(portal_id: int, addresses: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The paths of the entries that stood at these, host and path alike (`rules.old_address`)."""
    rows = OldAddress.objects.filter(portal_id=portal_id, path__in={path for _, path in addresses})
    found = rows.select_related("entry__current", "entry__portal")
    return {(row.host, row.path): address(row.entry) for row in found if (row.host, row.path) in addresses}
