"""Two texts that began from one: what only one of them changed is taken from it, what both changed is for a person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Any

MOST_BLOCKS = 2000  # comparing takes time with the square of what differs
_VOID = {"br", "img", "hr"}


@dataclass(frozen=True)
class Outcome:
    """Fields by name: all of them as they came together, those taken from the others, and those both changed."""

    fields: dict[str, Any]
    from_theirs: tuple[str, ...]
    conflicts: tuple[str, ...]


def merge(
    base: Mapping[str, Any] | None,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    blocks: Collection[str] = (),
    rows: Collection[str] = (),
    tied: Sequence[Collection[str]] = (),
) -> Outcome:
    """Of `blocks`, which hold markup, each outermost element counts by itself; of `rows` each row, by its key.

    Fields that are `tied` stand for one: where one side changed one and the other another, a person looks. Without a
    base everything that differs was changed by both.
    """
    fields, taken, conflicts = dict(theirs), [], set()
    ours = {name for name in mine if base is None or not is_same(mine[name], base.get(name))}
    others = {name for name in mine if base is None or not is_same(theirs.get(name), base.get(name))}
    for name in mine:
        if is_same(mine[name], theirs.get(name)):
            continue
        if name not in ours:
            taken.append(name)
        elif name not in others:
            fields[name] = mine[name]
        elif base is not None and (both := _parts(name, base, mine, theirs, blocks=blocks, rows=rows)):
            fields[name] = both
            taken.append(name)
        else:
            conflicts.add(name)
    for group in tied:
        differing = {name for name in group if not is_same(mine.get(name), theirs.get(name))}
        if len(differing) > 1 and differing & ours and differing & others:
            conflicts |= differing
    for name in conflicts:
        fields[name] = theirs.get(name)
    told = tuple(name for name in taken if name not in conflicts)
    return Outcome(fields, told, tuple(name for name in mine if name in conflicts))


def is_same(one: Any, other: Any) -> bool:
    """Whether two plain values say the same; what is empty and what is not there are alike."""
    return bool(_said(one) == _said(other))


def _said(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: said for name, one in value.items() if (said := _said(one)) is not None} or None
    if isinstance(value, list | tuple):
        return [_said(one) for one in value] or None
    return None if value is False or value == "" else value


def _parts(
    name: str, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, blocks: Collection[str],
    rows: Collection[str],
) -> Any:  # fmt: skip
    """What both made of one field, part by part; nothing where they touch the same part."""
    if name in blocks:
        return _both(base.get(name, ""), mine[name], theirs[name])
    return _rows(base.get(name) or [], mine[name], theirs[name]) if name in rows else None


def key_of(row: Any) -> str:
    """What a row of a list is known by, whatever else it says."""
    named = (row.get(name) for name in ("id", "url", "file", "number")) if isinstance(row, Mapping) else ()
    return str(next(filter(None, named), row))


def _rows(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """Rows that each side changed, added or took out; empty where both changed one, or the order."""
    was, ours, others = ({key_of(row): row for row in rows} for rows in (base, mine, theirs))
    if [len(was), len(ours), len(others)] != [len(base), len(mine), len(theirs)]:
        return []  # two rows of one key: nobody can tell which is which
    kept: dict[str, Any] = {}
    for key in {**was, **ours, **others}:
        before, my, their = was.get(key), ours.get(key), others.get(key)
        if not is_same(my, their) and not is_same(my, before) and not is_same(their, before):
            return []
        if (row := their if is_same(my, before) else my) is not None:
            kept[key] = row
    for first, second in ((others, ours), (ours, others)):  # whose order it is: theirs, unless mine alone changed
        if [key for key in second if key in was] == [key for key in was if key in second]:
            return [kept[key] for key in {**first, **second} if key in kept]
    return []


def _both(base: str, mine: str, theirs: str) -> str:
    """The markup with the changes of both; empty where they touch the same place."""
    parts = [list(outermost(one)) for one in (base, mine, theirs)]
    if max(map(len, parts)) > MOST_BLOCKS:
        return ""
    try:
        return "\n".join(_joined(*parts))
    except _Touching:
        return ""


class _Touching(Exception):
    """Both changed the same blocks, or blocks side by side."""


def _joined(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[str]:
    """As diff3 does: stretches that both kept part those that one changed."""
    kept_mine, kept_theirs = _kept(base, mine), _kept(base, theirs)
    at = at_mine = at_theirs = 0
    for place in [*(one for one in range(len(base)) if one in kept_mine and one in kept_theirs), len(base)]:
        to_mine, to_theirs = kept_mine.get(place, len(mine)), kept_theirs.get(place, len(theirs))
        was, ours, others = base[at:place], mine[at_mine:to_mine], theirs[at_theirs:to_theirs]
        if ours in (was, others):
            yield from others
        elif others == was:
            yield from ours
        else:
            raise _Touching
        if place < len(base):
            yield base[place]
        at, at_mine, at_theirs = place + 1, to_mine + 1, to_theirs + 1


def _kept(base: list[str], text: list[str]) -> dict[int, int]:
    """Where each block of the base that was kept stands in the text."""
    found = SequenceMatcher(None, base, text, autojunk=False).get_matching_blocks()
    return {a + i: b + i for a, b, size in found for i in range(size)}


def outermost(markup: str) -> Iterator[str]:
    """The elements that stand in no other, each with what is in it; words between them as pieces of their own."""
    reader = _Outermost(markup)
    reader.feed(markup)
    reader.close()
    yield from (piece for one in reader.pieces() if (piece := one.strip()))


class _Outermost(HTMLParser):
    """Notes where an outermost element begins and where the next thing does."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=False)
        self.markup, self.depth, self.cuts = markup, 0, [0]
        self.lines = [0]
        for line in markup.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        if self.depth == 0:
            self.cuts.append(self._at())
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self.depth = max(0, self.depth - 1)
        if self.depth == 0:
            self.cuts.append(self._at() + len(tag) + 3)

    def pieces(self) -> Iterator[str]:
        ends = [*self.cuts[1:], len(self.markup)]
        yield from (self.markup[a:b] for a, b in zip(self.cuts, ends, strict=True))
