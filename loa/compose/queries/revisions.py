"""Reads of revisions as people see them: what changed from one to the next, and two texts held against each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.lib import diff, languages
from loa.lib.three_way import is_same, key_of
from loa.moderation.rules import FIELDS, said
from loa.releases import queries
from loa.releases.actions.merge import ROWS, together
from loa.releases.actions.save import TEXTS
from loa.releases.models import Release, Revision

# As plain values name them, in the order of the form.
NAMES: dict[str, Any] = {
    "headline": FIELDS["headline"], "subtitle": FIELDS["subtitle"], "lead": FIELDS["lead"], "body_html": FIELDS["body"],
    "pictures": FIELDS["pictures"], "kind": FIELDS["kind"], "facts": FIELDS["facts"], "videos": FIELDS["videos"],
    "attachments": FIELDS["attachments"], "quotes": FIELDS["quotes"], "documents": FIELDS["documents"],
    "section": FIELDS["section"], "language": gettext_lazy("Ngôn ngữ"), "contact": FIELDS["contact"],
    "dateline": FIELDS["dateline"], "place": FIELDS["place"], "topics": FIELDS["topics"],
    "source_name": FIELDS["source_name"], "source_url": FIELDS["source_url"],
    "picture_credit": FIELDS["picture_credit"], "licence": FIELDS["licence"], "is_ai": gettext_lazy("Do AI viết"),
}  # fmt: skip


def labels(names: Iterable[str]) -> list[str]:
    """What these fields are called, in the order of the form."""
    wanted = set(names)
    return [str(label) for name, label in NAMES.items() if name in wanted]


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of what differs, in the order of the form."""
    return [name for name in NAMES if not is_same(before.get(name), after.get(name))]


@dataclass(frozen=True)
class Told:
    """A revision in a list: what it changed of the one before, in words; nothing where none came before."""

    row: Revision
    changed: list[str]
    before: Revision | None


def told(rows: Iterable[Revision], last: Revision | None) -> list[Told]:
    """The rows, the latest first; `last` stood before all of them."""
    listed = list(rows)
    pairs = zip(listed, [*listed[1:], last], strict=True) if listed else ()
    return [Told(row, labels(changed(was.fields, row.fields)) if was else [], was) for row, was in pairs]


@dataclass(frozen=True)
class Part:
    """One field of two texts: its words as runs, or none where only its dress differs."""

    name: str
    label: str
    runs: Sequence[diff.Run]


@dataclass(frozen=True)
class Pair:
    """Two revisions held against each other, the earlier first."""

    before: Revision
    after: Revision
    parts: list[Part]


def pair(one: Revision, other: Revision) -> Pair:
    """Whichever was chosen first."""
    before, after = sorted((one, other), key=lambda row: (row.saved_at, row.pk))
    return Pair(before, after, parts(before.fields, after.fields))


def against_now(release: Release, row: Revision) -> list[Part]:
    """What taking it back would change: what goes, and what comes."""
    if not row.language:
        return parts(queries.plain(release), row.fields)
    found = queries.translation(release, row.language)
    return parts(queries.plain_translation(found) if found else {}, row.fields)


def parts(before: dict[str, Any], after: dict[str, Any]) -> list[Part]:
    """Each field that differs, word by word."""
    names = changed(before, after)
    old, new = (words(fields, names) for fields in (before, after))
    return [Part(name, str(NAMES[name]), diff.with_context(_runs(old[name], new[name]))) for name in names]


def taken_out(before: dict[str, Any], release: Release) -> list[str]:
    """The lists that lost a row since."""
    kept = {name: {key_of(row) for row in getattr(release, name)} for name in ROWS}
    return [name for name in ROWS if {key_of(row) for row in before.get(name) or []} - kept[name]]


def _runs(old: str, new: str) -> Sequence[diff.Run]:
    return diff.runs(old, new) if old != new else []


def words(fields: dict[str, Any], names: Iterable[str]) -> dict[str, str]:
    """What a person reads of these fields."""
    rows = {name: [_shown(row) for row in queries.rows_in(fields.get(name))] for name in ROWS}
    found = queries.words({**fields, **rows})
    shown = {name: said(name, found.get("body" if name == "body_html" else name, "")) for name in names}
    if "language" in shown and (tongue := languages.find(str(fields.get("language") or ""))):
        shown["language"] = tongue.own
    if "is_ai" in shown:
        shown["is_ai"] = _("có") if fields.get("is_ai") else _("không")
    return shown


SHOWN = ("text", "name", "role", "alt", "caption", "credit", "title", "number", "issuer", "date")


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """What of a row a person reads: not its key, its file or its size."""
    return {name: row[name] for name in SHOWN if row.get(name)}


@dataclass(frozen=True)
class Choice:
    """A field that both changed: the words of each, marked where the other says something else."""

    name: str
    label: str
    mine: Sequence[diff.Run]
    theirs: Sequence[diff.Run]
    text: str  # what is typed on from; empty where there is nothing to type
    is_text: bool
    is_rows: bool


@dataclass(frozen=True)
class Both:
    """A text kept aside, and the one that stands there: what is for a person, and what came together by itself."""

    choices: list[Choice]
    from_mine: list[str]
    from_theirs: list[str]


def compared(release: Release, aside: Revision) -> Both:
    """The two as they stand now."""
    now = queries.plain(release)
    made = together(aside.base, aside.fields, now)
    mine, theirs = words(aside.fields, made.conflicts), words(now, made.conflicts)
    names = [name for name in NAMES if name in made.conflicts]
    from_mine = [name for name in changed(now, made.fields) if name not in made.from_theirs]
    return Both(
        [_choice(name, mine[name], theirs[name], aside.fields[name]) for name in names],
        labels(from_mine),
        labels(made.from_theirs),
    )


def _choice(name: str, mine: str, theirs: str, typed: Any) -> Choice:
    runs = diff.runs(theirs, mine)
    is_text = name in TEXTS or name == "body_html"
    return Choice(
        name, str(NAMES[name]),
        mine=[run for run in runs if run[0] != "removed"], theirs=[run for run in runs if run[0] != "added"],
        text=str(typed) if is_text else "", is_text=is_text, is_rows=name in ROWS,
    )  # fmt: skip
