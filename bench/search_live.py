"""The index in use, for `bench/search.py`: others publish, slow questions come, it is looked through and mended."""

import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from loa.search.engine import Engine, Part
from loa.search.fields import Document, first_turn
from loa.search.reading import parse
from loa.search.tree import Filters

ROOT = Path(__file__).resolve().parent.parent
A_SECOND = 5
RECENT = 8_000  # entries come since the index was built: Tantivy puts such small parts together again and again
SECONDS = 40
# Publishes what is due every fifth of a second, in one commit where it fell behind, as the worker does.
PUBLISHER = """
import sys, time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from loa.search.engine import Engine
from loa.search.fields import Document
engine, number, begun = Engine(Path(sys.argv[1])), 0, time.time()
body = Path(sys.argv[2]).read_text("utf-8")
while time.time() < begun + float(sys.argv[3]):
    due = int((time.time() - begun) * float(sys.argv[4]))
    if due <= number:
        time.sleep(0.01)
        continue
    numbers, handed = range(number, due), time.time()
    documents = [
        Document(f"moi-{one}:vi", "1", "vi", f"Thông cáo {sys.argv[5]}{one}", "", "", body, "Sao Mai", ["s-1"], "",
                 ["muc-1"], ["t1"], "news", datetime.now(UTC), "d") for one in numbers]
    engine.replace([document.entry for document in documents], documents)
    for one in numbers:
        print(one, begun + (one + 1) / float(sys.argv[4]), handed, flush=True)
    number = due
"""
# Sees each as a page of results would, and how long ago the contents page of the index was written.
WATCHER = """
import sys, time
from pathlib import Path
from loa.search.engine import Engine
engine, number, last = Engine(Path(sys.argv[1])), 0, time.time() + float(sys.argv[2]) + 20
while time.time() < last:
    searcher = engine.searcher()
    while searcher.doc_freq("any_folded", f"{sys.argv[3]}{number}"):
        now, generation = time.time(), (engine.folder / "CURRENT").read_text()
        print(number, now, now - (engine.folder / generation / "meta.json").stat().st_mtime, flush=True)
        number += 1
    time.sleep(0.002)
"""
READER = """
import re, sys
from pathlib import Path
from loa.search.engine import Engine
from loa.search.reading import parse
from loa.search.tree import Filters
engine = Engine(Path(sys.argv[1]))
for text in sys.argv[2:] * 3:
    engine.search(parse(text), Filters("1"), facets=True)
    engine.search(parse(text), Filters("1"), by_date=True, facets=True)
rollup = Path("/proc/self/smaps_rollup").read_text()
for name in ("Anonymous", "Private_Dirty", "Rss"):
    print(int(re.search(name + r": +(\\d+)", rollup)[1]) // 1024)
"""


def published(
    engine: Engine, texts: list[str], home: Path, recent: list[Document]
) -> tuple[list[float], dict[str, list[float]]]:
    """Seconds of the processor for hits and facets while others publish; and how soon those were seen.

    The documents that are recent go in before, and out with what was published.
    """
    for start in range(0, len(recent), 500):
        engine.index(recent[start : start + 500])
    body = home / "body.txt"
    body.write_text(" ".join(texts * 8), "utf-8")
    python, word = [sys.executable, "-c"], f"zqx{time.time_ns()}n"  # that no run before has said
    watch = subprocess.Popen(
        [*python, WATCHER, str(engine.folder), str(SECONDS), word], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    publish = subprocess.Popen(
        [*python, PUBLISHER, str(engine.folder), str(body), str(SECONDS), str(A_SECOND), word],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    times: list[float] = []
    while publish.poll() is None:
        for text in texts:
            begun = time.thread_time()
            engine.search(parse(text), Filters("1"), Part(10), facets=True)
            times.append(time.thread_time() - begun)
            time.sleep(0.02)
    assert publish.stdout is not None and watch.stdout is not None
    handed = {int(line.split()[0]): line.split()[1:] for line in publish.stdout}
    time.sleep(1)
    watch.terminate()
    seen = {int(line.split()[0]): line.split()[1:] for line in watch.stdout}
    both = [(float(seen[one][0]) - float(due), float(seen[one][1])) for one, (due, _) in handed.items() if one in seen]
    engine.remove([*(f"moi-{one}:vi" for one in handed), *(document.key for document in recent)])
    unseen = [float("inf")] * (len(handed) - len(both))
    return times, {"due": [one for one, _ in both] + unseen, "committed": [other for _, other in both] + unseen}


def memory(engine: Engine, texts: list[str]) -> tuple[int, int, int]:
    """Megabytes a reading process has to itself (anonymous; private and written), and all it has, mapped files too."""
    own = subprocess.run(
        [sys.executable, "-c", READER, str(engine.folder), *texts], capture_output=True, text=True, check=True, cwd=ROOT
    )
    anonymous, dirty, everything = map(int, own.stdout.split())
    return anonymous, dirty, everything


def hard(common: list[str]) -> Iterator[str]:
    """Questions that are meant to take long: the commonest words in every way they may be asked for."""
    dice = random.Random(23)
    yield from (" ".join(common[:count]) for count in (4, 5, 8, 16, 32, 60))
    yield from (" OR ".join(common[:count]) for count in (2, 8, 16, 50))
    yield from (f'"{" ".join(common[:count])}"' for count in (2, 3, 8, 30))
    yield " ".join(f'"{one} {other}"' for one, other in pairwise(common))
    yield " OR ".join(f'"{one} {other}"' for one, other in pairwise(common))
    yield from (" ".join(f"-{one}" for one in common[:count]) for count in (1, 16, 50))
    yield from (f"{common[0]} -{common[1]}", "a", "a b c d e f g h i j k l m n o p q r s t u v w x y z", "* ? ~ ^")
    yield from (
        f"{common[0]}*",
        f"{common[0][:1]}*",
        "lang:vi",
        "kind:news from:2015 before:2030",
        "from:2020",
        "1 2 3",
    )
    yield " ".join(["kind:news", *common[:10], *(f"-{one}" for one in common[20:26]), 'từ:2016 "công ty"'])
    for _ in range(60):
        parts = dice.choices(("", "", "", "-", "OR ", '"', "org:", "(", "lang:vi "), k=dice.randrange(1, 24))
        yield " ".join(f"{part}{dice.choice(common)}" for part in parts)


def asked(engine: Engine, texts: Iterator[str]) -> list[tuple[float, str]]:
    """Seconds each took with facets, by relevance and by date, the longest first."""
    found = []
    for text in texts:
        for by_date in (False, True):
            begun = time.thread_time()
            engine.search(parse(text), Filters("1"), Part(20), by_date=by_date, facets=True)
            found.append((time.thread_time() - begun, text))
    return sorted(found, reverse=True)


def looked_through(engine: Engine, first: int, last: int) -> tuple[float, float, int]:
    """Seconds to read every byte, and to read every key and digest in stretches of time; how many keys."""
    begun = time.perf_counter()
    damaged = engine.damaged_files()
    if damaged:
        raise SystemExit(f"the index is damaged: {damaged}")
    bytes_read, keys = time.perf_counter() - begun, 0
    begun = time.perf_counter()
    ends = [first_turn(datetime(year, month, 1, tzinfo=UTC)) for year in range(first, last) for month in range(1, 13)]
    for start, end in zip([None, *ends], [*ends, None], strict=True):
        keys += len(engine.check({}, first=start, before=end).extra)
    return bytes_read, time.perf_counter() - begun, keys


def mended(engine: Engine, document: Document, times: int = 7) -> float:
    """Seconds to bring one entry up to date."""
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        engine.replace([document.entry], [replace(document, digest=str(number))])
        taken.append(time.perf_counter() - begun)
    engine.replace([document.entry], [document])
    return statistics.median(taken)


def segments(engine: Engine) -> int:
    """Of how many parts the index is made."""
    return engine.searcher().num_segments


def mapped(folder: Path) -> int:
    """Bytes on disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if re.search(r"\.\w+$", path.name) and path.is_file())
