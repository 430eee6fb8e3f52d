"""The texts readers find now, each in the language they read in where there is one."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import FilteredRelation, Q, QuerySet

from loa.archive.models import Entry, Translation, Version

# What lists do not show of a translation.
LONG = tuple(f"shown__version{of}__{name}" for of in ("", "__translates") for name in ("body_html", "body_text"))


def texts(entry: Entry) -> dict[str, Version]:
    """What readers find now, by language, the original first; without the long texts, which few callers need."""
    found = {entry.current.language: entry.current} if entry.current is not None else {}
    rows = Translation.objects.filter(entry=entry).select_related("version__translates").order_by("language")
    short = rows.defer("version__body_html", "version__body_text")
    return {**found, **{row.language: row.version for row in short if row.language not in found}}


def with_texts(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """The same rows with their translation into a language joined in, for `text_of`."""
    translated = FilteredRelation("translations", condition=Q(translations__language=language))
    joined: tuple[str, ...] = ("shown__version__translates",)
    return rows.annotate(shown=translated).select_related(*joined)


def text_of(entry: Entry) -> Version | None:
    """The text of a row read by `with_texts`: its translation, else the original."""
    shown: Translation | None = getattr(entry, "shown", None)  # Django sets it only where the join found a row
    return shown.version if shown is not None else entry.current


def prefer(rows: QuerySet[Entry], language: str) -> list[Entry]:
    """The rows, each with its text in this language as `current` where it has one; for showing, never for saving."""
    found = list(with_texts(rows, language).defer(*LONG))
    for entry in found:
        entry.current = text_of(entry)
    return found


def texts_in(entries: Iterable[Entry], languages: Collection[str]) -> dict[int, list[Version]]:
    """The translations of several entries into these languages, by the entry's key; one read, none for nothing."""
    found: dict[int, list[Version]] = defaultdict(list)
    if languages:
        rows = Translation.objects.filter(entry__in=list(entries), language__in=languages)
        for row in rows.select_related("version__translates"):
            found[row.entry_id].append(row.version)
    return found
