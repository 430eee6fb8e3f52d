"""Makes stored pages stale, in every process of this machine and of those that share its purges."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from loa.edge import sharing
from loa.edge.cdn import AT_ONCE
from loa.edge.generations import Generations
from loa.edge.models import Outside
from loa.lib import clock


@lru_cache(maxsize=4)
def generations(home: Path) -> Generations:
    """The counters under this LOA_HOME, mapped once a process."""
    return Generations(home / "generations")


def purge(tags: Iterable[str], name: str = "") -> None:
    """Whatever carries one of these tags (`Cache-Tag`) is made anew for its next reader; harmless when repeated.

    Inside a transaction it waits for the commit: until then readers are right to see the old page. One that has a name
    is not repeated on a machine where it was done: pages that were just made need not be made once more.
    """
    named, here = sorted(set(tags)), generations(Path(settings.LOA_HOME))
    if name and here.is_done(name):
        return
    if settings.LOA_CDN is not None:
        now = clock.now()  # rows of this transaction: they are there with what it writes, or not at all
        parts = [named[at : at + AT_ONCE] for at in range(0, len(named), AT_ONCE)]
        Outside.objects.bulk_create(Outside(tags="\n".join(part), not_before=now) for part in parts)

    def go() -> None:
        here.move(named, name)
        sharing.tell(settings.LOA_CACHE_URL, named)

    transaction.on_commit(go)
