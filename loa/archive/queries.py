"""Reads of the record; everything here is public by construction."""

from datetime import datetime

from django.db.models import QuerySet

from loa.archive.models import Entry, Notice, State, Version


def everything(portal_id: int) -> QuerySet[Entry]:
    """All entries of a portal, withdrawn ones too, with what a page shows joined in."""
    joined = Entry.objects.select_related("current", "organization", "section", "place", "portal")
    return joined.filter(portal_id=portal_id)


def public(portal_id: int) -> QuerySet[Entry]:
    """What readers can read now, newest first."""
    return everything(portal_id).filter(state=State.PUBLISHED).order_by("-published_at", "-id")


def by_public_id(portal_id: int, public_id: str) -> Entry | None:
    """One entry of a portal by the id in its address, withdrawn or not."""
    return everything(portal_id).filter(public_id=public_id).first()


def versions(entry: Entry) -> QuerySet[Version]:
    """Every text the entry has shown, oldest first."""
    return entry.versions.order_by("number")


def notices_after(number: int, limit: int = 500) -> list[Notice]:
    """The next notices on the wire, in order."""
    rows = Notice.objects.select_related("entry__current", "entry__portal", "entry__organization", "version")
    return list(rows.filter(id__gt=number).order_by("id")[:limit])


def modified_at(entry: Entry) -> datetime:
    """When what readers find last changed (UTC).

    A text nobody corrected is as old as its publication, even where it was brought in from elsewhere much later.
    """
    is_first = entry.state == State.PUBLISHED and entry.current is not None and entry.current.number == 1
    return entry.published_at if is_first else entry.changed_at


def address(entry: Entry) -> str:
    """The permanent path of an entry in its own language."""
    version = entry.current
    if version is None:
        return f"/r/{entry.public_id}"
    prefix = "" if version.language == entry.portal.language else f"/{version.language}"
    return f"{prefix}/r/{entry.public_id}/{version.slug}"


def tags_of(notice: Notice) -> set[str]:
    """The `Cache-Tag`s that a notice makes stale."""
    return tags(notice.entry) | {"front"}


def tags(entry: Entry) -> set[str]:
    """The `Cache-Tag`s a page showing this entry carries."""
    return {f"entry:{entry.public_id}", f"org:{entry.organization_id}", f"section:{entry.section_id}"}
