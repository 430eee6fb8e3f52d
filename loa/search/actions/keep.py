"""What the worker does for the index beside its round: build it where it is lost, look it through every night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from loa.lib import clock
from loa.portals.models import Portal
from loa.search import queries
from loa.search.actions.check import Findings, check
from loa.search.errors import IndexBusy

_HOUR = 3  # of the night
_PAUSE = timedelta(minutes=10)  # between two looks because a reader met damage


def keep() -> Findings | None:
    """Check and mend when it is time; None when it is not, or somebody else is at it."""
    if not is_due(clock.now()):
        return None
    try:
        return check(mend=True)
    except IndexBusy:
        return None


def is_due(now: datetime) -> bool:
    """At once where there is no index to be opened, soon where a reader met damage, else once every night."""
    if not queries.engine().exists():
        return True
    last = datetime.fromtimestamp(queries.checked_at(), UTC)
    if queries.is_marked_damaged():
        return now - last >= _PAUSE
    zone = Portal.objects.order_by("pk").values_list("time_zone", flat=True).first() or "UTC"
    night = now.astimezone(ZoneInfo(zone)).replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return last < night <= now
