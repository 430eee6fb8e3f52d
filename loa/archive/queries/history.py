"""What became of an entry: its versions, corrections and translations in order."""

from datetime import datetime

from django.db.models import QuerySet

from loa.archive.models import Entry, State, Version
from loa.lib import prepared


def versions(entry: Entry) -> QuerySet[Version]:
    """Every text the entry has shown, oldest first."""
    return entry.versions.order_by("number")


def modified_at(entry: Entry) -> datetime:
    """When what readers find last changed (UTC).

    A text nobody corrected is as old as its publication, even where it was brought in from elsewhere much later.
    """
    is_first = entry.state == State.PUBLISHED and entry.current is not None and entry.current.number == 1
    return entry.published_at if is_first else entry.changed_at


def past(entry: Entry) -> list[Version]:
    """Every version in order, as far as a history goes: what became of the entry, in all languages."""
    return prepared.rows(_past, entry_id=entry.pk)


def _past(*, entry_id: int) -> QuerySet[Version]:
    history = ("entry", "number", "language", "slug", "translates", "reason", "note", "shelved_at")
    return Version.objects.filter(entry=entry_id).order_by("number").only(*history)


def now_by_language(entry: Entry, versions: list[Version]) -> dict[str, Version]:
    """The text readers find in each language, out of all versions; the original's first."""
    original = entry.current.language if entry.current is not None else ""
    latest = {version.language: version for version in versions}
    # An original that changed its language leaves no translation behind.
    kept = {code: text for code, text in latest.items() if code == original or text.translates_id is not None}
    return dict(sorted(kept.items(), key=lambda one: (one[0] != original, one[0])))


def corrections(versions: list[Version], shown: Version) -> list[Version]:
    """The texts that followed the first one in the shown one's language, up to it, oldest first."""
    return [one for one in versions if one.language == shown.language and one.number <= shown.number][1:]


def is_behind(entry: Entry, version: Version) -> bool:
    """Whether the original was corrected after this translation was made from it."""
    original = entry.current
    return version.translates is not None and original is not None and version.translates_id != original.pk
