"""Runs the suite on SQLite and on PostgreSQL side by side, and closes with one line that counts both.

Tests of pages and by browser run once, on SQLite: they look at pages, and pages do not know the database;
the journey by HTTP runs on both. Arguments are handed to pytest.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
SUMMARY = re.compile(r"(\d+) (failed|passed|skipped|deselected|xfailed|xpassed|warnings?|errors?)\b")
NOTHING_COLLECTED = 5


def begin(database: str, arguments: list[str], out: IO[str] | int) -> "subprocess.Popen[str]":
    """Start pytest on one database, its words going to `out`."""
    command = [sys.executable, "-m", "pytest", *arguments]
    environment = os.environ | {"LOA_TEST_DATABASE": database, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, text=True)


def show(database: str, lines: Iterable[str]) -> Counter[str]:
    """Print what pytest says as it comes; return its counts."""
    print(f"\n--- {database} ---", flush=True)
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
    """Return the first code that is not 0, after both runs and the closing line."""
    started = time.monotonic()
    arguments = sys.argv[1:]
    once = [] if "-m" in arguments else ["-m", "not browser and not pages"]
    # Side by side on two cores; what the second says waits in a file until the first has ended.
    with tempfile.TemporaryFile("w+") as kept:
        second = begin("postgres", ["-p", "no:cacheprovider", *arguments, *once], kept)
        with begin("sqlite", arguments, subprocess.PIPE) as first:
            assert first.stdout is not None  # PIPE was asked for
            total = show("sqlite", first.stdout)
        second.wait()
        kept.seek(0)
        total.update(show("postgres", kept))
    codes = [code for code in (first.returncode, second.returncode) if code not in (0, NOTHING_COLLECTED)]
    order = ["failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error"]
    parts = ", ".join(f"{total[word]} {word}" for word in order if total[word]) or "no tests ran"
    print(f"\n{f' {parts} in {time.monotonic() - started:.2f}s ':=^80}", flush=True)
    return codes[0] if codes else 0


if __name__ == "__main__":
    sys.exit(main())
