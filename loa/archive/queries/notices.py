"""What stands on the wire, and what a notice makes stale."""

from collections.abc import Iterable
from datetime import datetime

from loa.archive.models import Entry, Notice


def notices_after(number: int, limit: int = 500) -> list[Notice]:
    """The next notices on the wire, in order, each by its number and kind alone."""
    return list(Notice.objects.filter(id__gt=number).order_by("id").only("id", "kind")[:limit])


def last_notice() -> int:
    """The number of the last one on the wire; 0: there is none."""
    return Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0


def moments_of(after: int, last: int) -> list[datetime]:
    """When those entries were published about which there are notices after one, up to another (UTC)."""
    told = Notice.objects.filter(id__gt=after, id__lte=last)
    return list(told.values_list("entry__published_at", flat=True).distinct())


def notices_of(entries: Iterable[Entry]) -> list[int]:
    """The numbers of the notices about these, in order."""
    rows = Notice.objects.filter(entry_id__in=[entry.pk for entry in entries]).order_by("id")
    return list(rows.values_list("id", flat=True))


def tags_of(notice: Notice) -> set[str]:
    """The `Cache-Tag`s that a notice makes stale; the newsrooms of all its senders show it."""
    partners = notice.entry.partners.values_list("pk", flat=True)
    sections = notice.entry.cross_listings.exclude(section=None).values_list("section", flat=True)
    return tags(notice.entry) | {f"org:{pk}" for pk in partners} | {f"section:{pk}" for pk in sections} | {"front"}


def purge_of(notice: Notice) -> str:
    """The name of the purge a notice brings; a number may come again after a backup was restored, a moment not."""
    return f"notice:{notice.pk}:{notice.at.isoformat()}"


def tags(entry: Entry) -> set[str]:
    """The `Cache-Tag`s a page showing this entry carries."""
    return {f"entry:{entry.public_id}", f"org:{entry.organization_id}", f"section:{entry.section_id}"}
