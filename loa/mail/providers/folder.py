"""Mail as files: one `.eml` a message, for demonstrations and tests."""

import os
from collections.abc import Iterable
from pathlib import Path

from loa.mail.errors import BadHeader
from loa.mail.providers.job import Job, Outcome


class Folder:
    """Writes each file beside its place and moves it there, so that a reader never finds half a mail, nor two.

    The journal has no part in it: a mail whose sender died is written again, under the same name.
    """

    def __init__(self, path: str) -> None:
        self.trouble = ""
        self._path = Path(path)
        self._line: list[Job] = []
        self._ended: list[Outcome] = []

    def offer(self, jobs: Iterable[Job]) -> None:
        """Put jobs in line."""
        self._line += jobs

    def run(self, seconds: float) -> None:
        """Write all of them."""
        while self._line:
            job = self._line.pop(0)
            try:
                self._write(job)
            except BadHeader as error:
                self._ended.append(Outcome(job, "failed", f"a header cannot be written: {error}"))
            except OSError as error:
                self._ended.append(Outcome(job, "deferred", str(error)))
            else:
                self._ended.append(Outcome(job, "sent"))

    def take(self) -> list[Outcome]:
        """What ended since the last time."""
        ended, self._ended = self._ended, []
        return ended

    def give_back(self, older: float) -> None:
        """Nothing is ever in line for long."""

    def in_line(self) -> list[Job]:
        """What was offered and is not written."""
        return list(self._line)

    def in_flight(self) -> list[Job]:
        """A file is written at once."""
        return []

    def slow(self) -> set[str]:
        """A folder knows no domains."""
        return set()

    def close(self) -> None:
        """Nothing is held."""

    def _write(self, job: Job) -> None:
        target = self._path / f"{job.name}.eml"
        half = target.with_suffix(f".{os.getpid()}.tmp")
        target.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(job.render())
        half.replace(target)
