"""Readers of `bench/correction.py`: connections that lead to one web worker each, and what no answer may be."""

import gzip
import http.client
import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import brotli
from correction_signs import LANGUAGES, SEARCH, WORD, Cast, Signs, signs

UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
IDLE = 15.0  # seconds nothing is asked on a connection, until it is left: the server closes it after thirty
PAUSE = 0.002  # seconds a reader looks at a page
MIXED, BACK = "mixtures of two versions", "older versions after newer ones from the same web worker"
LATE, TWO = "older versions than of an act that came back", "ETags of two texts"
NONE = "answers that are neither 200, 304 nor 503"
Known = dict[str, tuple[int, int, int]]
"""What an answer asked for now may not be older than: on its web worker, anywhere, by acts; by language."""


@dataclass
class Line:
    """A kept connection to one web worker."""

    port: int
    worker: int  # its process
    connection: http.client.HTTPConnection
    used: float = 0.0  # of the monotonic clock

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """One answer: status, headers by their names in small letters, and the bytes as they came."""
        said = {"Host": f"localhost:{self.port}", "User-Agent": "Mozilla/5.0 Firefox/150"}
        self.connection.request("GET", path, headers=said | {k.replace("_", "-"): v for k, v in headers.items()})
        self.used = time.monotonic()
        answer = self.connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


class Lines:
    """Connections to every web worker of a server, kept while nobody uses them."""

    def __init__(self, port: int, server: int, workers: int) -> None:
        self.port, self.server = port, server
        self.idle: dict[int, list[Line]] = {}
        self.lock = threading.Lock()
        for _ in range(200):
            self._open()
            if len(self.idle) == workers:
                return
        raise SystemExit(f"bench: {len(self.idle)} of {workers} web workers answer")

    @property
    def workers(self) -> list[int]:
        """The processes of the web workers."""
        return sorted(self.idle)

    def take(self, worker: int) -> Line:
        """A connection to this web worker."""
        with self.lock:
            while True:
                while not self.idle[worker]:
                    self._open()
                line = self.idle[worker].pop()
                if time.monotonic() < line.used + IDLE:
                    return line

    def give(self, line: Line) -> None:
        """Somebody else may have it."""
        with self.lock:
            self.idle[line.worker].append(line)

    def _open(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line = Line(self.port, 0, connection)
        line.get("/healthz")  # so that somebody has taken it
        line.worker = holder(connection.sock.getsockname()[1], self.port, self.server)
        self.idle.setdefault(line.worker, []).append(line)


def holder(ours: int, theirs: int, server: int) -> int:
    """The process below `server` that holds the other end of a connection between two ports of the loopback."""
    ends = f"0100007F:{theirs:04X}", f"0100007F:{ours:04X}"
    rows = (row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:])
    inode = next(row[9] for row in rows if (row[1], row[2]) == ends)
    for process in below(server):
        for file in Path(f"/proc/{process}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                if str(file.readlink()) == f"socket:[{inode}]":
                    return process
    raise SystemExit("bench: nobody holds the other end")


def below(process: int) -> list[int]:
    """The children of a process, and theirs."""
    told = Path(f"/proc/{process}/task/{process}/children")
    found = [int(child) for child in told.read_text().split()]
    return [*found, *(one for child in found for one in below(child))]


@dataclass
class Watch:
    """What all readers together know, and what was wrong."""

    cast: Cast
    faults: dict[str, list[str]] = field(default_factory=lambda: {MIXED: [], BACK: [], LATE: [], TWO: [], NONE: []})
    written: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, 0))  # by acts that came back
    withdrawn: set[str] = field(default_factory=set)
    seen: dict[tuple[int, str, str], int] = field(default_factory=dict)  # by web worker (0: any), address and language
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # by address and ETag
    answers: int = 0
    unchanged: int = 0
    between: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def before(self, worker: int, path: str) -> Known:
        """What is known before an answer is asked for."""
        seen = self.seen.get
        with self.lock:
            return {
                one: (seen((worker, path, one), 0), seen((0, path, one), 0), self.written[one]) for one in LANGUAGES
            }

    def note(self, worker: int, path: str, then: Known, found: Signs) -> None:
        """Compare an answer with what was known when it was asked for. The index follows the record a moment later."""
        is_index = path.startswith(SEARCH)
        with self.lock:
            self.answers += 1
            for language, numbers in found.items():
                here, anywhere, written = then[language]
                oldest, case = min(numbers), f"{path} ({language}, web worker {worker}): {sorted(numbers)}"
                if len(numbers) > 1:
                    self.faults[MIXED].append(case)
                if oldest < here:
                    self.faults[BACK].append(f"{case} after {here}")
                if oldest < written and not is_index:
                    self.faults[LATE].append(f"{case}, written was {written}")
                self.between += here <= oldest < anywhere and (is_index or oldest >= written)
                for who in (worker, 0):
                    key = who, path, language
                    self.seen[key] = max(self.seen.get(key, 0), *numbers)

    def note_text(self, path: str, headers: dict[str, str], text: bytes, gone: set[str]) -> None:
        """One text under one ETag, whatever the encoding; and none of what is gone."""
        encoding = headers.get("content-encoding", "")
        etag, digest = headers.get("etag", "").strip('"').removesuffix(f"-{encoding}"), sha256(text).hexdigest()
        with self.lock:
            if etag and self.texts.setdefault((path, etag), digest) != digest:
                self.faults[TWO].append(f"{path} {etag} {encoding}")
            if not path.startswith(SEARCH):
                self.faults[LATE] += [f"{path} shows {mark}, withdrawn" for mark in gone if mark.encode() in text]


def read(to: Line, watch: Watch) -> None:
    """Ask for one place after the other until it is over."""
    dice = random.Random()
    paths = sorted({path for by_name in watch.cast.places.values() for path in by_name.values()} - {SEARCH})
    paths.append(f"{SEARCH}?q={WORD}")
    kept: dict[tuple[str, str], tuple[str, Signs]] = {}
    while not watch.is_over.is_set():
        path, encoding = dice.choice(paths), dice.choice(list(UNPACK))
        headers = {"Accept_Encoding": encoding or "identity"}
        etag, versions = kept.get((path, encoding), ("", {})) if dice.random() < 0.3 else ("", {})
        if etag:
            headers["If_None_Match"] = etag
        then, gone = watch.before(to.worker, path), set(watch.withdrawn)
        status, said, body = to.get(path, **headers)
        if status == 304 and etag:
            watch.unchanged += 1
            watch.note(to.worker, path, then, versions)
        elif status == 200:
            text = UNPACK[said.get("content-encoding", "")](body)
            versions = signs(text.decode())
            watch.note(to.worker, path, then, versions)
            watch.note_text(path, said, text, gone)
            kept[path, encoding] = said.get("etag", ""), versions
        elif status != 503:
            watch.faults[NONE].append(f"{path}: {status}")
        time.sleep(PAUSE)
