"""Runs the suite on SQLite, then on PostgreSQL, and closes with one line that counts both.

Browser tests run once, on SQLite: they look at pages, and pages do not know the database;
the journey by HTTP runs on both. Arguments are handed to pytest.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUMMARY = re.compile(r"(\d+) (failed|passed|skipped|deselected|xfailed|xpassed|warnings?|errors?)\b")
NOTHING_COLLECTED = 5


def run(database: str, arguments: list[str]) -> tuple[int, Counter[str]]:
    """Run pytest on one database, showing its output as it comes; return its code and its counts."""
    command = [sys.executable, "-m", "pytest", *arguments]
    environment = os.environ | {"LOA_TEST_DATABASE": database, "PYTHONUNBUFFERED": "1"}
    print(f"\n--- {database} ---", flush=True)
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # PIPE was asked for
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line if " in " in line and SUMMARY.search(line) else last
    counts = Counter(
        {
            word.rstrip("s") if word.startswith(("warn", "err")) else word: int(number)
            for number, word in SUMMARY.findall(last)
        }
    )
    return process.returncode, counts


def main() -> int:
    """Return the first code that is not 0, after both runs and the closing line."""
    started = time.monotonic()
    arguments = sys.argv[1:]
    asked = "-m" in arguments
    first, total = run("sqlite", arguments)
    second, counts = run("postgres", arguments if asked else [*arguments, "-m", "not browser"])
    total.update(counts)
    codes = [code for code in (first, second) if code not in (0, NOTHING_COLLECTED)]
    order = ["failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error"]
    parts = ", ".join(f"{total[word]} {word}" for word in order if total[word]) or "no tests ran"
    print(f"\n{f' {parts} in {time.monotonic() - started:.2f}s ':=^80}", flush=True)
    return codes[0] if codes else 0


if __name__ == "__main__":
    sys.exit(main())
