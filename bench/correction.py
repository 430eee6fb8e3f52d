"""How soon a correction is everywhere while wrk runs, and whether readers get mixtures: `python bench/correction.py`.

A portal of its own is served by `loa serve` with two web workers and the worker. wrk asks for its hot pages as fast as
it can; readers ask beside it for every place a release stands in, in every encoding and with conditions, on connections
that are known to lead to one web worker each. An author in a process of its own corrects a release again and again, its
original and its translations in turn; then releases are withdrawn. Each version carries a sign in headline, lead and
body, and by them in summaries, metadata and feeds, so that an answer tells of which version it is.

Measured: from the commit (from before the act, for a withdrawal) until every place showed it in every web worker. Not
one answer may hold two versions, nor an older one than the same web worker gave at this address before, nor, of what
was asked for after the act came back, an older one than the act wrote; one ETag means one text in every encoding.
Prints name | ours | reference | ratio | budget | ok/short and ends with 1 where anything is short. Needs Linux (/proc)
and wrk; LOA_BENCH_WRK=0 leaves wrk out.
"""

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from correction_author import write
from correction_readers import Line, Lines, Watch, read
from correction_signs import LANGUAGES, SEARCH, WORD, Cast, sign
from figures import line
from own_portal import ask, portal_of_its_own, served, wait_for

CORRECTIONS = int(os.environ.get("LOA_BENCH_CORRECTIONS", "200"))
HAS_WRK = os.environ.get("LOA_BENCH_WRK", "1") != "0"
WORKERS = 2
READERS = 2  # for each web worker
CONNECTIONS = 32  # of wrk
BUDGET = 0.5  # seconds
PATIENCE = float(os.environ.get("LOA_BENCH_PATIENCE", "30"))
PAUSE = 0.02  # seconds between two looks; some fifty look at once, and who looks slows down what is looked for
LATEST = 12  # that are told one by one
PAUSES = {"search": 0.04}  # Django makes this page each time
TURNS = "paths = {%s}\nlocal n = 0\nrequest = function() n = n %% #paths + 1; return wrk.format(nil, paths[n]) end\n"

Took = dict[str, float]
"""Seconds by place."""
IsSo = Callable[[str, str, Line], bool]


def main() -> None:
    """Make, serve, correct, withdraw, say."""
    if HAS_WRK and shutil.which("wrk") is None:
        raise SystemExit("bench: wrk not found; sudo apt install wrk")
    with portal_of_its_own() as (home, port):
        from django.db import connections

        from loa.wire import queries as wire

        connections.close_all()  # the author's process has its own
        here, there = multiprocessing.Pipe()
        author = multiprocessing.get_context("fork").Process(target=write, args=(there,), daemon=True)
        author.start()
        there.close()  # so that the end of the author is heard
        cast: Cast = here.recv()
        with served(port, workers=WORKERS) as server:
            wait_for(lambda: ask(port, "/")[0] == 200, "the front page")
            wait_for(lambda: cast.public_id.encode() in ask(port, f"{SEARCH}?q={WORD}")[1], "the index")
            wait_for(lambda: not wire.lags(), "the wire to carry what filled the portal")
            connections.close_all()
            bench = Bench(Lines(port, server.pid, WORKERS), Watch(cast), here)
            is_good = bench.run(home)
        here.send(None)
        author.join(10)
    if not is_good:
        raise SystemExit(1)


class Bench:
    """One server, its readers and the author."""

    def __init__(self, lines: Lines, watch: Watch, author: Connection) -> None:
        self.lines, self.watch, self.author = lines, watch, author

    def run(self, home: Path) -> bool:
        """All that is measured, while readers read; says whether all of it was good."""
        mine = [self.lines.take(worker) for worker in self.lines.workers for _ in range(READERS)]
        readers = [threading.Thread(target=read, args=(one, self.watch), daemon=True) for one in mine]
        for reader in readers:
            reader.start()
        with wrk(home, self.lines.port, self.watch.cast.hot) as said:
            shown = [self.correct(number) for number in range(1, CORRECTIONS + 1)]
            gone = [self.withdraw(one) for one in self.watch.cast.doomed]
        self.watch.is_over.set()
        for reader in readers:
            reader.join(10)
        beside = f"wrk {said[0]}" if said else "no wrk"
        goods = [
            report(f"corrections everywhere in {WORKERS} web workers, {beside}", shown),
            report(f"withdrawals everywhere in {WORKERS} web workers", gone),
            self.report_faults(),
        ]
        return all(goods)

    def correct(self, number: int) -> Took:
        """Correct one language's text; from the commit until each place showed it in every web worker."""
        language = LANGUAGES[number % len(LANGUAGES)]
        mark = sign(language, number)
        committed, returned = self.order((language, number))
        with self.watch.lock:
            self.watch.written[language] = number

        def shows(name: str, path: str, to: Line) -> bool:
            if name == "search":
                return self.watch.cast.public_id.encode() in to.get(f"{path}?q={urllib.parse.quote(mark)}")[2]
            return mark.encode() in to.get(path)[2]

        return self.everywhere(self.watch.cast.places[language], shows, committed) | {"(purge)": returned - committed}

    def withdraw(self, one: dict[str, str]) -> Took:
        """Withdraw a release; from before the act until no place showed it in any web worker."""
        begun, returned = self.order(one["id"])
        with self.watch.lock:
            self.watch.withdrawn.add(one["mark"])

        def is_without(name: str, path: str, to: Line) -> bool:
            if name == "search":
                return one["id"].encode() not in to.get(f"{path}?q={one['mark']}")[2]
            status, _headers, body = to.get(path)
            return status == 410 if name in ("page", "markdown") else one["mark"].encode() not in body

        places = self.watch.cast.places["vi"]
        lists = {name: path for name, path in places.items() if not path.startswith("/r/")}
        places = {**lists, "page": one["path"], "markdown": f"{one['path']}.md"}
        return self.everywhere(places, is_without, begun) | {"(act)": returned - begun}

    def order(self, what: tuple[str, int] | str) -> tuple[float, float]:
        """Have the author do it; when it began to be true, and when the act came back."""
        self.author.send(what)
        moments: tuple[float, float] = self.author.recv()
        return moments

    def everywhere(self, places: dict[str, str], is_so: IsSo, since: float) -> Took:
        """Each place is asked in each web worker on a connection of its own, all at once, until it is so."""
        took: Took = {}

        def look(name: str, path: str, worker: int) -> None:
            to = self.lines.take(worker)
            while not is_so(name, path, to) and time.monotonic() < since + PATIENCE:
                time.sleep(PAUSES.get(name, PAUSE))
            took[name] = max(took.get(name, 0.0), time.monotonic() - since)
            self.lines.give(to)

        waiting = [(name, path, worker) for name, path in places.items() for worker in self.lines.workers]
        threads = [threading.Thread(target=look, args=one) for one in waiting]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return took

    def report_faults(self) -> bool:
        """One line for each thing that may not be, with some cases."""
        of = f"of {self.watch.answers} answers, {self.watch.unchanged} of them 304"
        for what, cases in self.watch.faults.items():
            line(f"{what}, {of}", str(len(cases)), "-", "-", "0", is_ok=not cases)
            for case in cases[:5]:
                print(f"  {case}", flush=True)
        line("older ones from another web worker, asked for before the act came back", str(self.watch.between),
             "-", "-", "-", is_ok=True)  # fmt: skip
        return not any(self.watch.faults.values())


def report(name: str, found: list[Took]) -> bool:
    """The middle, the last of a hundred and the worst; and where it was slowest."""
    if not found:
        return True
    times = sorted(max(one.values()) for one in found)
    p50, p99, worst = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))], times[-1]
    figures = f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, worst {worst * 1000:.0f} ms"
    line(f"{len(times)} {name}", figures, "-", "-", f"p99 <= {BUDGET * 1000:.0f} ms", is_ok=p99 <= BUDGET)
    places = {place: sorted(one.get(place, 0.0) for one in found) for one in found for place in one}
    middles = sorted(((all_[len(all_) // 2], all_[-1], place) for place, all_ in places.items()), reverse=True)
    told = [f"{place} {middle * 1000:.0f} (at most {most * 1000:.0f})" for middle, most, place in middles[:5]]
    print(f"  slowest places in the middle, ms: {', '.join(told)}", flush=True)
    last = sorted(((took, place, number) for number, one in enumerate(found, start=1) for place, took in one.items()))
    latest = [f"{place} of the {number}. {took * 1000:.0f}" for took, place, number in last[: -LATEST - 1 : -1]]
    print(f"  latest of all, ms: {', '.join(latest)}", flush=True)
    return p99 <= BUDGET


@contextmanager
def wrk(home: Path, port: int, paths: list[str]) -> Iterator[list[str]]:
    """Ask for these in turn, as fast as one thread can, until told to stop; what is yielded then holds its rate."""
    said: list[str] = []
    if not HAS_WRK:
        yield said
        return
    script = Path(tempfile.mkdtemp(dir=home)) / "turns.lua"
    script.write_text(TURNS % ", ".join(f'"{path}"' for path in paths))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-d3600s", "-s", str(script), "-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Host: localhost:{port}", "-H", "User-Agent: Mozilla/5.0 Firefox/150"]
    with subprocess.Popen([*command, f"http://127.0.0.1:{port}"], stdout=subprocess.PIPE, text=True) as process:
        time.sleep(2)
        try:
            yield said
        finally:
            process.send_signal(signal.SIGINT)
            told = process.communicate(timeout=10)[0]
            rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
            said.append(f"{float(rate[1]):,.0f}/s" if rate else told)


if __name__ == "__main__":
    main()
