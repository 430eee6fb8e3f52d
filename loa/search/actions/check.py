"""Compare the index with the archive, byte by byte and entry by entry, and mend it."""

from dataclasses import dataclass, field

from loa.search import queries, record
from loa.search.actions.rebuild import rebuild
from loa.search.engine import Engine
from loa.search.errors import IndexUnavailable

_MOST_MENDED, _SHARE_MENDED = 5_000, 4  # entries, or one of so many; where more differ, a new index is sooner done
_MOST_LEFT = 8  # one of so many documents; of more that were replaced a new index is worth its hours


@dataclass(slots=True)
class Findings:
    """What was wrong, by key or by name of file, and what was done about it."""

    is_missing: bool = False
    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    leftovers: int = 0  # documents taken out or replaced whose words still stand in the files
    is_taken_out: bool = False  # one of them for good
    documents: int = 0
    mended: int = 0  # entries
    rebuilt: int = 0  # documents

    @property
    def needs_rebuilding(self) -> bool:
        """Whether mending entry by entry would not do.

        What was withdrawn leaves no words behind. An older wording goes with the parts of the index it is in, which are
        written anew one by one as more is published.
        """
        is_worn = self.leftovers * _MOST_LEFT > self.documents
        return self.is_missing or bool(self.damaged) or self.is_taken_out or is_worn or self._is_other

    @property
    def _is_other(self) -> bool:
        return len(self.differing()) > max(_MOST_MENDED, self.documents // _SHARE_MENDED)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was wrong; leftovers are no fault."""
        return not (self.is_missing or self.damaged or self.differing())

    def summary(self) -> str:
        """In one line, for the log."""
        counted = {"damaged": self.damaged, "missing": self.missing, "changed": self.changed, "extra": self.extra}
        said = ["no index"] if self.is_missing else [f"{len(keys)} {name}" for name, keys in counted.items() if keys]
        return ", ".join([*said, f"rebuilt {self.rebuilt}" if self.rebuilt else f"mended {self.mended}"])

    def differing(self) -> set[str]:
        """Public ids of the entries index and archive do not agree about."""
        return {key.rpartition(":")[0] for key in (*self.missing, *self.changed, *self.extra)}


def check(*, mend: bool) -> Findings:
    """Look through everything; with `mend`, put right what is wrong and take what was withdrawn out of the files.

    May run while the portal serves and publishes; what a notice on its way is about to change is done twice and is the
    same. Raises IndexBusy while a rebuild goes on.
    """
    engine, found = queries.engine(), Findings()
    _look(engine, found)
    if not mend:
        return found
    if found.needs_rebuilding:
        found.rebuilt = rebuild(record.everything(), record.changed_from_now())
    elif ids := sorted(found.differing()):
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            engine.replace(some, record.of_entries(some))
        found.mended = len(ids)
    queries.note_checked()
    return found


def _look(engine: Engine, found: Findings) -> None:
    try:
        found.damaged = engine.damaged_files()
        found.leftovers, found.is_taken_out = engine.leftovers(), engine.has_taken_out()
        if not found.damaged:
            found.documents = engine.count()
            _compare(engine, found)
    except IndexUnavailable:
        found.is_missing = True


def _compare(engine: Engine, found: Findings) -> None:
    for window in record.windows():
        differences = engine.check(window.expected, first=window.first, before=window.before)
        found.missing += differences.missing
        found.changed += differences.changed
        found.extra += differences.extra
