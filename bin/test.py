"""Runs the suite on SQLite and on PostgreSQL side by side, and closes with one line that counts all.

What knows no database runs once: pages and browser tests look at pages, and `plain` ones ask none (tests/conftest.py);
the journey by HTTP runs on both. Arguments are handed to pytest.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
SUMMARY = re.compile(r"(\d+) (failed|passed|skipped|deselected|xfailed|xpassed|warnings?|errors?)\b")
NOTHING_COLLECTED = 5
ORDER = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error")


@dataclass(frozen=True)
class Run:
    """One pytest: what it is called, on which database, which tests."""

    name: str
    database: str
    marks: str

    def begin(self, arguments: Sequence[str], out: IO[str] | int) -> "subprocess.Popen[str]":
        """Start it, its words going to `out`."""
        command = [sys.executable, "-m", "pytest", *arguments, *(["-m", self.marks] if self.marks else [])]
        environment = os.environ | {"LOA_TEST_DATABASE": self.database, "PYTHONUNBUFFERED": "1"}
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, text=True)


EACH = (Run("sqlite", "sqlite", ""), Run("postgres", "postgres", ""))  # where the marks are given
# Two lanes on two cores, about as long as each other: with three, browsers took what the first lane needed.
LANES = (
    (Run("sqlite", "sqlite", "not browser"),),
    (
        Run("postgres", "postgres", "not browser and not pages and not plain and not beside"),
        Run("sqlite, by browser", "sqlite", "browser"),
    ),
)


class Lane:
    """Runs one after the other; what they say is kept until somebody wants to hear it."""

    def __init__(self, runs: Iterable[Run], arguments: Sequence[str]) -> None:
        self.runs, self.arguments = runs, arguments
        self.said: list[tuple[Run, IO[str], int]] = []
        self.thread = threading.Thread(target=self._go)
        self.thread.start()

    def _go(self) -> None:
        for run in self.runs:
            kept = tempfile.TemporaryFile("w+")  # noqa: SIM115  # read when the first lane has ended
            self.said.append((run, kept, run.begin(["-p", "no:cacheprovider", *self.arguments], kept).wait()))


def show(run: Run, lines: Iterable[str]) -> Counter[str]:
    """Print what pytest says as it comes; return its counts."""
    print(f"\n--- {run.name} ---", flush=True)
    last = ""
    for line in lines:
        print(line, end="", flush=True)
        last = line if " in " in line and SUMMARY.search(line) else last
    return Counter(
        {
            word.rstrip("s") if word.startswith(("warn", "err")) else word: int(number)
            for number, word in SUMMARY.findall(last)
        }
    )


def main() -> int:
    """Return the first code that is not 0, after all runs and the closing line."""
    with tempfile.TemporaryDirectory(prefix="loa-tables-") as tables:
        os.environ["LOA_TEST_TABLES"] = tables  # made by the run that needs them first (tests/homes.py)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of programs would each compile all of Loa
        return run_all()


def run_all() -> int:
    """All lanes, and the closing line; the first code that is not 0."""
    started = time.monotonic()
    arguments = sys.argv[1:]
    has_marks = "-m" in arguments
    first, *others = (EACH[:1], EACH[1:]) if has_marks else LANES
    beside = [Lane(runs, arguments) for runs in others]
    total: Counter[str] = Counter()
    codes = []
    for run in first:
        with run.begin(arguments, subprocess.PIPE) as process:
            assert process.stdout is not None  # PIPE was asked for
            total.update(show(run, process.stdout))
        codes.append(process.returncode)
    for lane in beside:
        lane.thread.join()
        for run, kept, code in lane.said:
            kept.seek(0)
            total.update(show(run, kept))
            codes.append(code)
    if not has_marks:
        del total["deselected"]  # by one run, for another
    bad = [code for code in codes if code not in (0, NOTHING_COLLECTED)]
    parts = ", ".join(f"{total[word]} {word}" for word in ORDER if total[word]) or "no tests ran"
    print(f"\n{f' {parts} in {time.monotonic() - started:.2f}s ':=^80}", flush=True)
    return bad[0] if bad else 0


if __name__ == "__main__":
    sys.exit(main())
