"""Measure `loa import` on a file of real articles: its rate into the record and the search index, and that a killed run
loses and doubles nothing.

`python bench/importing.py FILE.jsonl.gz [COUNT]`. FILE is in the import format, or holds rows of `id title lead body
category date source url lang`. Two portals are made in folders that are removed afterwards: into the first the file
goes in one go, into the second while the command is killed (SIGKILL) four times and run once more; a worker then does
what the killed ones had in hand. Prints one line a figure: name | ours | budget | ok/short. Wall time is a hint on a
machine that others use; beside it stands what the processor spent, and the same rows read as JSON, cleaned by nh3 and
put into the same tables by plain SQL, with no index, no keys looked up and nothing checked.
"""

import gzip
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import nh3
from articles import asked_for

ROOT = Path(__file__).resolve().parents[1]
LOA = [sys.executable, "-P", "-m", "loa.project.cli"]
BUDGET = 1000  # texts a second


def main() -> None:
    """Measure, print, clean up."""
    source, count = asked_for(__doc__, count=10**9)
    work = Path(tempfile.mkdtemp(prefix="loa-bench-"))
    try:
        file = work / "articles.jsonl"
        lines = convert(source, file, count)
        measure(work / "whole", file, lines)
        shutil.rmtree(work / "whole")
        kill(work / "killed", file, lines)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def convert(source: Path, target: Path, count: int) -> int:
    """Write the rows in the import format; returns how many different ids they have."""
    ids = set()
    opening = gzip.open if source.suffix == ".gz" else open
    with opening(source, "rt", encoding="utf-8") as rows, target.open("w", encoding="utf-8") as out:
        for _, line in zip(range(count), rows, strict=False):
            row = in_format(json.loads(line))
            ids.add(row["id"])
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(ids)


def in_format(row: dict[str, Any]) -> dict[str, Any]:
    """The row in the import format."""
    if "lang" not in row:
        return row
    kept = {name: row.get(name) for name in ("id", "lead", "body")}
    dated = {"published_on": row["date"][:10]} if row.get("date") else {}
    more = {"title": row["title"][:300], "language": row["lang"], "source_url": row.get("url"), "views": 7}
    return kept | more | dated | {"topics": [row.get("category") or ""], "organization": row.get("source") or "Báo"}


def portal(home: Path) -> dict[str, str]:
    """An empty portal with one section; returns the environment of its commands."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOA_", "DJANGO_"))}
    environment = kept | {"LOA_HOME": str(home), "PYTHONPATH": str(ROOT)}
    words = ["--name", "Đo", "--host", "*", "--email", "do@example.vn", "--password", "mat-khau-de-do"]
    subprocess.run([*LOA, "init", *words], env=environment, check=True, capture_output=True)
    with sqlite3.connect(home / "loa.db") as database:
        database.execute(
            "INSERT INTO topics_section (portal_id, slug, name_vi, name_en, position)"
            " SELECT id, 'tin', 'Tin', '', 0 FROM portals_portal"
        )
    return environment


def measure(home: Path, file: Path, lines: int) -> None:
    """One run from beginning to end."""
    command = [*LOA, "import", str(file)]
    environment = portal(home)
    before = spent()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    seconds, processor = (now - then for now, then in zip(spent(), before, strict=True))
    rate = lines / seconds
    print(f"import, texts a second | {rate:,.0f} | ≥ {BUDGET:,} | {'ok' if rate >= BUDGET else 'short'}", flush=True)
    alone = f"{(os.cpu_count() or 1) * lines / processor:,.0f} with nothing else to do here"
    print(f"import, texts a second of one processor | {lines / processor:,.0f} | – | {alone}", flush=True)
    plain_seconds, plain_processor = plain(home, file)
    words = f"{plain_processor / processor:.2f} of the processor's time, {plain_seconds / seconds:.2f} by the clock"
    print(f"plain SQL without an index | {words} | – | {lines / plain_seconds:,.0f} a second", flush=True)
    begun = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    print(
        f"import once more, lines a second | {lines / (time.perf_counter() - begun):,.0f} | – | (all known)", flush=True
    )
    check(home, lines, "one run and one more")
    check_index(environment, "one run and one more")


def spent() -> tuple[float, float]:
    """The clock, and what the processor has spent on the commands so far, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def plain(home: Path, file: Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor for the rows of the first portal by the shortest way there is."""
    tables = ("archive_entry", "archive_version", "archive_notice")
    with closing(sqlite3.connect(home / "loa.db")) as there:
        made = [sql for (sql,) in there.execute("SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'archive_%'") if sql]
        rows = {table: there.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables}
    begun, before = time.perf_counter(), time.process_time()
    with closing(sqlite3.connect(home / "plain.db")) as here, file.open(encoding="utf-8") as source:
        here.execute("PRAGMA journal_mode = WAL")
        for sql in made:
            here.execute(sql)
        for line in source:
            nh3.clean("<p>" + json.loads(line)["body"].replace("\n\n", "</p><p>"))
        for start in range(0, len(rows["archive_entry"]), 500):
            for table in tables:
                some = rows[table][start : start + 500]
                here.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some)
            here.commit()
    return time.perf_counter() - begun, time.process_time() - before


def kill(home: Path, file: Path, lines: int) -> None:
    """A run that is killed at four moments, and a last one."""
    environment, chance = portal(home), random.Random(7)
    for _ in range(4):
        wanted = min(lines - 1, on_record(home) + chance.randint(1, lines // 4))
        with subprocess.Popen([*LOA, "import", str(file)], env=environment, stdout=subprocess.DEVNULL) as run:
            while on_record(home) < wanted and run.poll() is None:
                time.sleep(chance.uniform(0.01, 0.2))
            run.send_signal(signal.SIGKILL)
        print(f"killed | {on_record(home):,} of {lines:,} on the record | – | ", flush=True)
    subprocess.run([*LOA, "import", str(file)], env=environment, check=True, capture_output=True)
    check(home, lines, "four killed runs and a last one")
    carry_the_rest(home, environment)
    check_index(environment, "four killed runs, a last one and a worker")


def carry_the_rest(home: Path, environment: dict[str, str]) -> None:
    """A worker does what the killed runs had in hand, when their lease runs out."""
    with subprocess.Popen([*LOA, "worker"], env=environment, stdout=subprocess.DEVNULL) as worker:
        for _ in range(400):
            with closing(sqlite3.connect(home / "loa.db", timeout=20)) as database:
                rows = database.execute("SELECT count(*) FROM wire_delivery WHERE outlet = 'search-past'").fetchone()[0]
                open_ones = database.execute("SELECT count(*) FROM wire_delivery WHERE state != 'done'").fetchone()[0]
            if rows >= on_record(home) and not open_ones:
                break
            time.sleep(1)
        worker.terminate()


def check_index(environment: dict[str, str], name: str) -> None:
    """The index holds what the record holds."""
    done = subprocess.run([*LOA, "search", "check"], env=environment, capture_output=True, text=True, check=False)
    words = " ".join(done.stdout.split())
    print(f"search check after {name} | {words[:80]} | – | {'short' if done.returncode else 'ok'}", flush=True)


def on_record(home: Path) -> int:
    """How many texts there are."""
    with closing(sqlite3.connect(home / "loa.db", timeout=20)) as database:
        return int(database.execute("SELECT count(*) FROM archive_entry").fetchone()[0])


def check(home: Path, lines: int, name: str) -> None:
    """Every text once, each with its version and notice."""
    with sqlite3.connect(home / "loa.db") as database:
        entries, keys = database.execute("SELECT count(*), count(DISTINCT release_key) FROM archive_entry").fetchone()
        versions = database.execute("SELECT count(*) FROM archive_version").fetchone()[0]
        notices, last = database.execute("SELECT count(*), max(id) FROM archive_notice").fetchone()
        empty = database.execute("SELECT count(*) FROM archive_entry WHERE current_id IS NULL").fetchone()[0]
    is_right = entries == keys == versions == notices == last == lines and not empty
    found = f"{lines - entries:,} lost, {entries - keys:,} double of {lines:,}"
    print(f"after {name} | {found} | 0, 0 | {'ok' if is_right else 'short'}", flush=True)


if __name__ == "__main__":
    main()
