"""The organizations from A to Z."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from loa.archive.models import Entry, State
from loa.lib import vietnamese
from loa.organizations.models import Organization
from loa.portals.models import Portal


@dataclass(frozen=True, slots=True)
class Directory:
    """Organizations from A to Z: the letters, and the rows under those shown now."""

    letters: list[str]
    shown: list[tuple[str, list[Organization]]]
    chosen: str = ""


WHOLE_DIRECTORY = 300  # organizations on one page; where there are more, a page is a letter


def organizations(portal: Portal, letter: str = "") -> Directory:
    """Organizations that have published, by the Vietnamese alphabet, legal form aside."""
    published = Entry.objects.filter(portal=portal, state=State.PUBLISHED, organization=OuterRef("pk"))
    rows = Organization.objects.filter(Exists(published), portal=portal)
    by_letter: dict[str, list[int]] = defaultdict(list)
    for pk, name in rows.values_list("pk", "name"):
        by_letter[vietnamese.initial(name)].append(pk)
    letters = sorted(by_letter, key=vietnamese.sort_key)
    is_whole = sum(map(len, by_letter.values())) <= WHOLE_DIRECTORY
    chosen = "" if is_whole else letter if letter in by_letter else letters[0]
    ids = by_letter[chosen] if chosen else [pk for some in by_letter.values() for pk in some]
    shown: dict[str, list[Organization]] = {}
    found = Organization.objects.filter(pk__in=ids).select_related("city")
    for row in sorted(found, key=lambda one: vietnamese.sort_key(vietnamese.sort_name(one.name))):
        shown.setdefault(vietnamese.initial(row.name), []).append(row)
    return Directory(letters, list(shown.items()), chosen)
