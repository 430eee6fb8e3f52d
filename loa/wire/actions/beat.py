"""Notes that the worker lives."""

from loa.lib import clock
from loa.wire.models import Beat


def beat(worker: str = "worker") -> None:
    """Write the moment of the last round."""
    Beat.objects.update_or_create(worker=worker, defaults={"at": clock.now()})
