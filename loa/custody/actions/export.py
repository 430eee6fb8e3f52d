"""Export: write a portal's public side into a folder, to read, to keep and to bring in elsewhere."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from loa.audit.actions.record import Actor, record
from loa.custody.actions.bag import Bagged, bag
from loa.custody.actions.mirror import Mirrored, mirror
from loa.custody.errors import CannotExport
from loa.lib import clock
from loa.portals.models import Portal

MARK = "loa-export.json"
Report = Callable[[str], None]


@dataclass(frozen=True)
class Exported:
    """What a run did; None for what was not asked for."""

    mirror: Mirrored | None
    bag: Bagged | None


def export(
    actor: Actor, portal: Portal, home: Path, *, version: str, has_mirror: bool = True, has_bag: bool = True,
    is_anew: bool = False, report: Report = lambda _: None,
) -> Exported:  # fmt: skip
    """Bring the folder up to date; only what changed is written. Raises CannotExport.

    A run that was cut off is run again. A folder that holds anything else is refused: nothing of anybody's is removed.
    """
    try:
        claim(portal, home)
        mirrored = mirror(portal, home, is_anew=is_anew, report=report) if has_mirror else None
        bagged = bag(portal, home, version=version, report=report) if has_bag else None
    except OSError as error:
        raise CannotExport(f"{home} could not be written to: {error.strerror}.") from error
    done = Exported(mirrored, bagged)
    record(actor, act="export", subject=f"portal:{portal.pk}", detail=asdict(done))
    return done


def claim(portal: Portal, home: Path) -> None:
    """Mark an empty folder as this portal's export. Raises CannotExport for one that is anything else."""
    home.mkdir(parents=True, exist_ok=True)
    mark, beside = home / MARK, home / f".{MARK}.new"
    if mark.is_file():
        try:
            said = json.loads(mark.read_text("utf-8"))
        except ValueError:
            said = None
        if not isinstance(said, dict) or said.get("portal") != portal.slug:
            raise CannotExport(f"{home} holds the export of another portal.")
    elif any(path != beside for path in home.iterdir()):
        raise CannotExport(f"{home} is not empty, and no export of ours; name a new or an empty folder.")
    # Whole or not at all: half a mark, left by a full disk, would be taken for another portal's.
    beside.write_text(json.dumps({"portal": portal.slug, "begun_at": clock.now().isoformat()}), "utf-8")
    beside.replace(mark)
