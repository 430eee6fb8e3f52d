"""Which receiving domains are left alone for a while, because they refuse for now or do not answer."""

import time
from datetime import datetime, timedelta

from loa.lib import clock
from loa.mail.models import Receiver
from loa.mail.providers.job import Outcome

ENOUGH = 3  # refusals in a row, with nothing taken in between; one silence is enough
LONGEST_PAUSE = 3600
REFRESH = 10.0  # seconds after which what other senders found out is read again
RELAY = ""


class Receivers:
    """What one sender knows of domains; what it finds out is kept in rows, for others and for its next start."""

    def __init__(self) -> None:
        self._closed: dict[str, datetime] = {}
        self._failures: dict[str, int] = {}
        self._changed: dict[str, str] = {}
        self._opened: set[str] = set()
        self._read_at = -REFRESH

    def refresh(self) -> None:
        """Read the rows, now and then."""
        if time.monotonic() < self._read_at + REFRESH:
            return
        self._read_at = time.monotonic()
        rows = Receiver.objects.exclude(name=RELAY).values_list("name", "closed_until", "failures")
        found = {name: (until, failures) for name, until, failures in rows}
        self._closed = {name: until for name, (until, _) in found.items()}
        self._failures |= {name: failures for name, (_, failures) in found.items()}

    def failing(self) -> set[str]:
        """Domains that were closed and have not taken anything since."""
        return set(self._closed)

    def to_try(self, now: datetime) -> list[str]:
        """Failing domains whose pause is over: one mail is to show whether they answer again."""
        return [name for name, until in self._closed.items() if until <= now]

    def note(self, outcome: Outcome) -> None:
        """Learn from an outcome."""
        domain = outcome.job.domain
        if outcome.is_of_domain:
            self._failures[domain] = max(self._failures.get(domain, 0) + 1, ENOUGH if outcome.is_silent else 0)
            if self._failures[domain] >= ENOUGH:
                pause = min(LONGEST_PAUSE, 15 * 2 ** (self._failures[domain] - ENOUGH))
                self._closed[domain] = clock.now() + timedelta(seconds=pause)
                self._changed[domain] = outcome.answer
        elif outcome.what in {"sent", "bounced", "failed"} and domain in self._failures:
            del self._failures[domain]
            self._closed.pop(domain, None)
            self._changed.pop(domain, None)
            self._opened.add(domain)

    def save(self) -> None:
        """Write down what changed, in the caller's transaction."""
        now = clock.now()
        for name, answer in self._changed.items():
            values = {"failures": self._failures.get(name, 0), "closed_until": self._closed.get(name, now)}
            Receiver.objects.update_or_create(name=name, defaults={**values, "answer": answer[:2000], "at": now})
        if self._opened:
            Receiver.objects.filter(name__in=self._opened).delete()

    def saved(self) -> None:
        """The transaction was committed."""
        self._changed.clear()
        self._opened.clear()


def note_relay(trouble: str) -> None:
    """Write down that the relay itself cannot be used, or that it can again."""
    now = clock.now()
    if trouble:
        values = {"failures": 1, "closed_until": now, "answer": trouble[:2000], "at": now}
        Receiver.objects.update_or_create(name=RELAY, defaults=values)
    else:
        Receiver.objects.filter(name=RELAY).delete()
