"""Compare the index with the archive, byte by byte and entry by entry, and mend it."""

from dataclasses import dataclass, field

from loa.search import queries, record
from loa.search.actions.rebuild import rebuild
from loa.search.engine import Engine
from loa.search.errors import IndexUnavailable

_MOST_MENDED = 5_000  # entries; where more differ, a new index is sooner done


@dataclass(slots=True)
class Findings:
    """What was wrong, by key or by name of file, and what was done about it."""

    is_missing: bool = False
    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    leftovers: int = 0  # documents taken out whose words still stand in the files
    mended: int = 0  # entries
    rebuilt: int = 0  # documents

    @property
    def needs_rebuilding(self) -> bool:
        """Whether mending entry by entry would not do."""
        return self.is_missing or bool(self.damaged) or len(self.differing()) > _MOST_MENDED

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
    """Look through everything; with `mend`, put right what is wrong and take leftovers out of the files.

    May run while the portal serves and publishes; what a notice on its way is about to change is done twice and is the
    same. Raises IndexBusy while a rebuild goes on.
    """
    engine, found = queries.engine(), Findings()
    _look(engine, found)
    if not mend:
        return found
    if found.needs_rebuilding or found.leftovers:
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
        found.leftovers = engine.leftovers()
        if not found.damaged:
            _compare(engine, found)
    except IndexUnavailable:
        found.is_missing = True


def _compare(engine: Engine, found: Findings) -> None:
    for window in record.windows():
        differences = engine.check(window.expected, first=window.first, before=window.before)
        found.missing += differences.missing
        found.changed += differences.changed
        found.extra += differences.extra
