"""What a sender hands to a way of sending, and what comes back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from loa.mail.journal import Try


@dataclass(eq=False)
class Job:
    """One mail in a sender's hands."""

    key: tuple[str, int]  # "m" a message, "c" a copy; and its id
    lane: str
    to: str
    domain: str
    name: str  # the same whenever the same mail is tried again
    sender: str
    render: Callable[[], bytes]  # raises BadHeader
    attempts: int
    doubts: int
    mailing: int = 0
    is_tried: bool = False  # lost its connection before its text went out, and goes first on the next one

    @property
    def this_try(self) -> Try:
        """What the journal calls it."""
        return (*self.key, self.attempts)


@dataclass(frozen=True)
class Outcome:
    """What became of a job: `sent`, `deferred`, `bounced`, `failed`, `doubt`, or `released`: as if never begun."""

    job: Job
    what: str
    answer: str = ""
    is_of_domain: bool = False  # the receiving domain refused for now, or did not answer
    is_silent: bool = False  # it did not answer


class Transport(Protocol):
    """Takes jobs, works a while when told to, and gives outcomes."""

    trouble: str  # why nothing can be sent at all at the moment; empty when all is well

    def offer(self, jobs: Iterable[Job]) -> None:
        """Put jobs in line."""

    def run(self, seconds: float) -> None:
        """Work until nothing is in line, at most so long."""

    def take(self) -> list[Outcome]:
        """What ended since the last time."""

    def give_back(self, older: float) -> None:
        """Release what has been in line for so many seconds."""

    def in_line(self) -> list[Job]:
        """What was offered and is not begun."""

    def in_flight(self) -> list[Job]:
        """What is begun and has not ended."""

    def slow(self) -> set[str]:
        """Domains that keep a connection waiting."""

    def close(self) -> None:
        """Let go of every connection."""
