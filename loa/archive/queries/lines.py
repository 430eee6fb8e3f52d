"""What lines, cards and calendars show of entries, without the texts they do not show."""

from django.db.models import FilteredRelation, Model, Q, QuerySet

from loa.archive.models import Entry, Translation, Version
from loa.organizations.models import Organization

CARD = ("subtitle", "pictures", "videos", "reading_minutes")  # what a card shows of a text beside a line


def in_lines(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """The rows with what a line of a list shows, for `text_of`; the portal is whoever's page it is to fill in."""
    return _in_short(rows, language)


def as_cards(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """The same with pictures and videos, and what stands under the first story of a page."""
    return _in_short(rows, language, *CARD)


def as_events(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """What a line of a calendar shows: when it takes place, its heading and what belongs to its kind."""
    return _in_short(rows, language, "facts").select_related("occasion", "section")


def _in_short(rows: QuerySet[Entry], language: str, *more: str) -> QuerySet[Entry]:
    text = _but(Version, "language", "slug", "headline", "lead", *more)
    rest = (f"{of}__{one}" for of in ("current", "shown__version") for one in text)
    joined: tuple[str, ...] = ("current", "shown__version")  # the checker knows no relation that is annotated
    return without_texts(rows, language).select_related(*joined).defer(*rest)


def without_texts(rows: QuerySet[Entry], language: str) -> QuerySet[Entry]:
    """The rows with what a line shows but for its text, for `text_key` and `cards_of`.

    With the moment of the last change: whoever keeps a text under its key may meet another one under it after a backup
    was restored.
    """
    shown = FilteredRelation("translations", condition=Q(translations__language=language))
    rest = [
        *_but(Entry, "public_id", "kind", "published_at", "changed_at", "is_day_only", "portal", "organization",
              "section", "place", "current"),
        *(f"organization__{one}" for one in _but(Organization, "name", "name_en")),
    ]  # fmt: skip
    joined: tuple[str, ...] = ("organization", "shown")
    return rows.annotate(shown=shown).select_related(*joined).defer(*rest)


def cards_of(*, versions: list[int]) -> QuerySet[Version]:
    """What a card shows of these texts."""
    return Version.objects.filter(pk__in=versions).defer(*_but(Version, "language", "slug", "headline", "lead", *CARD))


def _but(model: type[Model], *names: str) -> list[str]:
    """All fields but these and the key: `only` does not know the join of a translation."""
    return [one.name for one in model._meta.concrete_fields if one.name not in names and not one.primary_key]


def text_key(entry: Entry) -> int:
    """The key of what `text_of` gives, of a row read by `without_texts`."""
    shown: Translation | None = getattr(entry, "shown", None)
    return shown.version_id if shown is not None else int(entry.current_id or 0)
