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
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
    paths: tuple[str, ...] = ()  # all of them

    def begin(self, arguments: Sequence[str], out: IO[str] | int) -> "subprocess.Popen[str]":
        """Start it, its words going to `out`."""
        chosen = [*arguments, *self.paths, *(["-m", self.marks] if self.marks else [])]
        command = [sys.executable, "-m", "pytest", *chosen]
        environment = os.environ | {"LOA_TEST_DATABASE": self.database, "PYTHONUNBUFFERED": "1"}
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, text=True)


EACH = (Run("sqlite", "sqlite", ""), Run("postgres", "postgres", ""))  # where the marks are given
ALL = (
    Run("sqlite", "sqlite", "not browser"),
    Run("postgres", "postgres", "not browser and not pages and not plain and not beside"),
)
BY_BROWSER = Run("sqlite, by browser", "sqlite", "browser")
LANES = 2  # of two cores: with three, browsers took what the first lane needed
PARTS = 3  # of the tests by browser, for whichever lane is free


def waiting(arguments: Sequence[str]) -> deque[Run]:
    """What is to be run, the longest first."""
    if "-m" in arguments:
        return deque(EACH)
    if any(not word.startswith("-") for word in arguments):  # some tests, or a value: what is asked for is no part
        return deque((*ALL, BY_BROWSER))
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "browser").glob("test_*.py"))
    parts = (
        replace(BY_BROWSER, name=f"{BY_BROWSER.name}, part {part + 1}", paths=tuple(files[part::PARTS]))
        for part in range(PARTS)
    )
    return deque((*ALL, *parts))


class Lane:
    """Takes one run after the other; what they say is kept until somebody wants to hear it."""

    def __init__(self, runs: "deque[Run]", arguments: Sequence[str]) -> None:
        self.runs, self.arguments = runs, arguments
        self.said: list[tuple[Run, IO[str], int]] = []

    def go(self) -> None:
        """Until none is left."""
        while True:
            try:
                run = self.runs.popleft()
            except IndexError:
                return
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
    runs = waiting(arguments)
    first, lanes = runs.popleft(), [Lane(runs, arguments) for _ in range(LANES)]
    beside = [threading.Thread(target=lane.go) for lane in lanes[1:]]
    for thread in beside:
        thread.start()
    total: Counter[str] = Counter()
    with first.begin(arguments, subprocess.PIPE) as process:
        assert process.stdout is not None  # PIPE was asked for
        total.update(show(first, process.stdout))
    codes = [process.returncode]
    lanes[0].go()
    for thread in beside:
        thread.join()
    for run, kept, code in (said for lane in reversed(lanes) for said in lane.said):
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
