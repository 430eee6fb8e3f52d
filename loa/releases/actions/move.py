"""Move: the one place where a release changes its state."""

from loa.releases.errors import Suspended, WrongState
from loa.releases.models import Release
from loa.releases.rules import is_suspended
from loa.releases.states import MOVES


def move(release: Release, act: str) -> Release:
    """Locks the row and moves it, inside the caller's transaction. Raises WrongState and Suspended."""
    rows = Release.objects.select_for_update(of=("self",)).select_related("organization__portal", "agency__portal")
    locked = rows.get(pk=release.pk)
    begins, ends = MOVES[act]
    if locked.state not in begins:
        raise WrongState(locked.state)
    if is_suspended(locked) and act in {"submit", "schedule", "publish"}:
        raise Suspended
    locked.state = ends
    return locked
