"""Print whether a crawler makes the web grow, or pushes the pages that many read out of the store.

`bench/crawl.py --home FOLDER --minutes 10` serves a home that `bench/fill.py` filled (else one of its own), walks
through it at full speed, each address once, and looks at the private memory of every process (USS, of
/proc/<pid>/smaps_rollup). Meanwhile a few hot pages are asked for all the time, and the log says which of them Django
had to make: each is made anew every half minute in each process, and whatever is made beyond that was pushed out.
"""

import argparse
import http.client
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import fill, scale
from bench.figures import line
from bench.own_portal import ROOT, ask, wait_for
from tests.homes import free_port

STORE = 16  # megabytes of finished pages a process may keep: full within the first minute
WORKERS, CRAWLERS = 2, 4
SETTLED = 120.0  # seconds after which nothing may grow any more; half of a shorter run
MOST_GROWTH = 10.0  # per cent
BESIDE = 30.0  # seconds at either end that are compared
EVERY = 2.0  # seconds between two looks at memory
AGENT = "Mozilla/5.0 (compatible; bench-crawler)"


@dataclass(slots=True)
class Walk:
    """What the crawlers and the reader of hot pages did."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    answers: Counter[int] = field(default_factory=Counter)
    hot: Counter[int] = field(default_factory=Counter)


def main() -> None:
    """Fill where nothing is filled, serve, walk, look, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=20_000)
    asked.add_argument("--home", type=Path)
    asked.add_argument("--minutes", type=float, default=10.0)
    options = asked.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="loa-crawl-"))
    home.mkdir(parents=True, exist_ok=True)
    try:
        is_filled = (home / "loa.db").exists()
        fill.throw_away(home)
        if not is_filled:
            fill.fill(options.entries)
        if not (home / "search").exists():
            scale.index()  # else the worker would, and be measured at that
        run(home, options.minutes * 60)
    finally:
        if options.home is None:
            shutil.rmtree(home, ignore_errors=True)


def run(home: Path, seconds: float) -> None:
    """One walk."""
    port, log = free_port(), home / "crawl.log"
    os.environ.update(
        LOA_PORT=str(port), LOA_ORIGIN=f"http://localhost:{port}", LOA_PAGE_STORE=str(STORE), PYTHONPATH=str(ROOT),
        LOA_PROXIES="1", LOA_LOG="json",  # so that the log tells requests by the number they came with
    )  # fmt: skip
    command = [sys.executable, "-P", "-m", "loa.project.cli", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with log.open("wb") as written, subprocess.Popen(command, stdout=written, stderr=written) as server:
        try:
            wait_for(lambda: ask(port, "/")[0] == 200, "the front page")
            walk = Walk(port)
            looks = walked(walk, server.pid, seconds)
        finally:
            server.terminate()
    tell(walk, looks, made_of(log), seconds)


def walked(walk: Walk, server: int, seconds: float) -> list[tuple[float, dict[str, int]]]:
    """Let everybody go, and look at memory until the time is over: seconds since the start, kB by process."""
    addresses = every_address()
    hot = cycle(hot_pages())
    threads = [threading.Thread(target=crawl, args=(walk, addresses)) for _ in range(CRAWLERS)]
    threads.append(threading.Thread(target=read_hot, args=(walk, hot)))
    begun, looks = time.monotonic(), []
    for thread in threads:
        thread.start()
    while (since := time.monotonic() - begun) < seconds:
        looks.append((since, private_memory(server)))
        time.sleep(EVERY)
    walk.stop.set()
    for thread in threads:
        thread.join()
    return looks


def crawl(walk: Walk, addresses: Iterator[str]) -> None:
    """Ask for one address after another on one connection, as crawlers do."""
    connection = http.client.HTTPConnection("127.0.0.1", walk.port, timeout=30)
    while not walk.stop.is_set():
        with walk.lock:
            path = next(addresses)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{walk.port}", "User-Agent": AGENT})
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            connection.close()
            status = 0
        with walk.lock:
            walk.answers[status] += 1


def read_hot(walk: Walk, pages: Iterator[str]) -> None:
    """Ask for hot pages, each time as somebody else, with a number that the log shows."""
    for number in count():
        if walk.stop.is_set():
            return
        connection = http.client.HTTPConnection("127.0.0.1", walk.port, timeout=30)
        headers = {"Host": f"localhost:{walk.port}", "X-Request-ID": f"hot-page-{number}", "Accept-Encoding": "gzip"}
        try:
            connection.request("GET", next(pages), headers=headers)
            answer = connection.getresponse()
            answer.read()
            walk.hot[answer.status] += 1
        except (OSError, http.client.HTTPException):
            walk.hot[0] += 1
        finally:
            connection.close()
        time.sleep(0.02)


def every_address() -> Iterator[str]:
    """Addresses of every kind, none twice: releases, lists further and further down, newsrooms, days, feeds, 404s."""
    from loa.archive import queries
    from loa.archive.models import Entry
    from loa.pages.queries.lists import cursor
    from loa.portals.models import Portal

    portal = Portal.objects.get()
    rows = Entry.objects.filter(portal=portal, state="published").order_by("pk")
    days = iter(rows.dates("published_at", "day", order="DESC"))
    short = rows.select_related("current", "portal", "organization").defer("current__body_html", "current__body_text")
    for number, entry in enumerate(short.iterator(chunk_size=500)):
        yield queries.address(entry)
        if number % 4 == 0:
            yield f"/latest?before={cursor(entry)}"
        if number % 4 == 1:
            yield f"/s/muc-{number // 4 % 8}?before={cursor(entry)}"
        if number % 8 == 2:
            yield f"/o/{entry.organization.slug}?before={cursor(entry)}"
        if number % 8 == 3:
            yield f"/o/{entry.organization.slug}/feed.xml?n={number}"
        if number % 8 == 6 and (day := next(days, None)) is not None:
            yield f"/archive/{day:%Y/%m/%d}"
        if number % 16 == 7:
            yield f"/r/khongco{number}/khong-co"
    yield from (f"/khong-co-{number}" for number in count())


def hot_pages() -> list[str]:
    """What many read at once."""
    from loa.archive import queries
    from loa.portals.models import Portal

    newest = list(queries.public(Portal.objects.get().pk)[:3])
    return ["/", "/feed.xml", "/latest", *(queries.address(entry) for entry in newest)]


def private_memory(server: int) -> dict[str, int]:
    """kB that each process of the server has for itself, by what it is and its number."""
    found = {}
    for pid in family(server):
        try:
            rollup = (Path("/proc") / str(pid) / "smaps_rollup").read_text()
            words = (Path("/proc") / str(pid) / "cmdline").read_bytes().decode().replace("\0", " ")
        except OSError:  # it ended
            continue
        private = sum(int(row.split()[1]) for row in rollup.splitlines() if row.startswith("Private_"))
        found[f"{kind_of(words)} {pid}"] = private
    return found


def kind_of(words: str) -> str:
    """What a process is, by its command line."""
    kinds = {"cli serve": "supervisor", "cli worker": "worker", "project.web": "web", "spawn_main": "web"}
    return next((kind for sign, kind in kinds.items() if sign in words), "other")


def family(pid: int) -> list[int]:
    """A process and all below it."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            below.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(one := waiting.pop())
        waiting += below.get(one, [])
    return found


def made_of(log: Path) -> int:
    """How many answers to hot requests Django made."""
    with log.open(encoding="utf-8", errors="replace") as rows:
        return sum("hot-page-" in row for row in rows)


def tell(walk: Walk, looks: list[tuple[float, dict[str, int]]], made: int, seconds: float) -> None:
    """Every figure."""
    answered = sum(walk.answers.values())
    kinds = ", ".join(f"{status}: {number:,}" for status, number in sorted(walk.answers.items()))
    line("addresses walked", f"{answered:,}", f"{answered / seconds:.0f}/s", kinds, "no 5xx",
         not any(status >= 500 or status == 0 for status in walk.answers))  # fmt: skip
    settled = min(SETTLED, seconds / 2)
    for name in sorted({name for _, found in looks for name in found}):
        grown(name, [(at, found[name]) for at, found in looks if name in found], settled)
    whole = [(at, sum(found.values())) for at, found in looks]
    grown("all processes", whole, settled)
    asked, allowed = sum(walk.hot.values()), WORKERS * len(hot_pages()) * (seconds / 30 + 1)
    line("hot pages not from the store", f"{made} of {asked:,}", f"{allowed:.0f} by their age", f"{made / asked:.1%}",
         "<= 1.1 x", made <= 1.1 * allowed and walk.hot[200] == asked)  # fmt: skip


def grown(name: str, looks: list[tuple[float, Any]], settled: float) -> None:
    """One line: the memory when all had settled and at the end."""
    last = looks[-1][0]
    beside = min(BESIDE, (last - settled) / 2)
    before = [kb for at, kb in looks if settled <= at <= settled + beside]
    after = [kb for at, kb in looks if at >= last - beside]
    if not before or not after:
        return  # it came late or went early: `loa serve` would say so
    first, now = statistics.median(before) / 1000, statistics.median(after) / 1000
    growth = (now / first - 1) * 100
    line(f"memory of {name}", f"{now:.0f} MB", f"{first:.0f} MB after {settled:.0f} s", f"{growth:+.1f} %",
         f"<= {MOST_GROWTH:.0f} %", growth <= MOST_GROWTH)  # fmt: skip


if __name__ == "__main__":
    main()
