"""Purges told to other machines, and heard from them, by a stream in Redis (`LOA_CACHE_URL`).

Each process that keeps pages follows the stream from where it stands. Whoever cannot hear (Redis away, its memory
emptied, a network that swallows) may have missed a purge: all pages of that machine are stale then, again each second,
until it hears again.
"""

import logging
import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import redis

from loa.edge.generations import Generations

STREAM = "loa:purges"
KEPT = 10_000  # purges in the stream: what is read is past, and nobody may be so far behind
AT_ONCE = 1_000
DEAF = 3.0  # seconds of silence after which Redis counts as away
BEAT = 1_000  # milliseconds a reader waits before it looks whether the stream is still the one it follows
log = logging.getLogger(__name__)


class Line:
    """One installation's line to Redis; safe between threads."""

    def __init__(self, url: str) -> None:
        self.client: Any = redis.Redis.from_url(
            url, decode_responses=True, socket_timeout=DEAF, socket_connect_timeout=1.0, health_check_interval=0
        )

    def tell(self, tags: Iterable[str]) -> None:
        """Put one purge into the stream. RedisError: nobody was told."""
        self.client.xadd(STREAM, {"tags": "\n".join(tags)}, maxlen=KEPT, approximate=True)

    def last(self) -> str:
        """The id of the newest purge in the stream; `0-0` before the first."""
        newest = self.client.xrevrange(STREAM, count=1)
        return str(newest[0][0]) if newest else "0-0"

    def follow(self, here: Generations, stop: threading.Event) -> None:
        """Make stale what others purge, until told to stop."""
        is_away = False
        while not stop.is_set():
            try:
                at = self.last()
                here.move_all()  # whatever was purged before this place in the stream
                if is_away:
                    log.warning("purges of other machines are heard again")
                is_away = False
                self._follow_from(at, here, stop)
            except Exception as error:  # noqa: BLE001 -- were this thread to end, no purge would be heard any more
                if not is_away:
                    log.warning("purges of other machines are not heard (%s); pages live for a second", error)
                is_away = True
                here.move_all()
                stop.wait(1.0)

    def _follow_from(self, at: str, here: Generations, stop: threading.Event) -> None:
        """Read on until the stream is no longer the one that was followed."""
        while not stop.is_set():
            heard = self.client.xread({STREAM: at}, count=AT_ONCE, block=BEAT)
            for _, purges in heard or ():
                here.move({tag for _, said in purges for tag in said["tags"].split("\n")})
                at = str(purges[-1][0])
            if not heard and self.last() != at:
                return  # emptied and begun anew: its numbers may be lower than ours


@lru_cache(maxsize=4)
def line(url: str) -> Line | None:
    """The line a setting names, made once a process; None where there is one machine."""
    return None if url == "memory:" else Line(url)


def tell(url: str, tags: Iterable[str]) -> None:
    """Tell other machines. Where only this one has lost Redis, they show the old page until its time is over."""
    known = line(url)
    if known is None:
        return
    try:
        known.tell(tags)
    except redis.RedisError as error:
        log.warning("other machines could not be told of a purge (%s)", error)


def begin(url: str, here: Generations) -> threading.Event | None:
    """Follow what others purge, in a thread of this process; set what is returned to end it."""
    known = line(url)
    if known is None:
        return None
    stop = threading.Event()
    threading.Thread(target=known.follow, args=(here, stop), name="purges", daemon=True).start()
    return stop
