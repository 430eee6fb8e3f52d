"""Print how fast finished pages leave Loa, against nginx sending the same bytes: `python bench/edge.py`.

A portal is made in a folder that is removed afterwards and served by `loa serve`; nginx (bench/nginx.conf) serves the
same compressed pages from files. wrk asks the two in turns. Needs nginx and wrk (Debian has both).
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from figures import line
from own_portal import Desk, portal_of_its_own, served, wait_for

from tests.homes import free_port

TURNS = int(os.environ.get("LOA_BENCH_TURNS", "5"))
SECONDS = 2
SCRIPT = "/static/population/ticker.js"
CONNECTIONS = 32
CACHES = {"open_file_cache off": "", "open_file_cache on": "open_file_cache max=1000 inactive=60s;"}
GZIP = {"Accept-Encoding": "gzip"}


def main() -> None:
    """Make, serve, measure, clean up."""
    if missing := missing_programs():
        raise SystemExit(f"bench: {' and '.join(missing)} not found; sudo apt install {' '.join(missing)}")
    with portal_of_its_own() as (home, port):
        desk = Desk()
        for number in range(40):
            desk.publish(number)
        with served(port):
            wait_for(lambda: answers(port, "/"), "the front page")
            compare_all(home, port, f"/o/{desk.organization.slug}")


def missing_programs() -> list[str]:
    """What this needs and the machine has not."""
    return [name for name in ("nginx", "wrk") if shutil.which(name) is None]


def compare_all(home: Path, port: int, newsroom: str) -> None:
    """A line for each kind of page of the portal that is served, with nginx's cache of open files off and on."""
    from loa.archive.models import Entry, State
    from loa.archive.queries import address

    release = address(Entry.objects.select_related("current", "portal").filter(state=State.PUBLISHED).latest("id"))
    pages = {"release": release, "home": "/", "newsroom": newsroom, "feed": "/feed.xml", "script": SCRIPT}
    for name, cache in CACHES.items():
        with nginx(home, cache, {path: fetched(port, path) for path in pages.values()}) as other:
            for page, path in pages.items():
                compare(f"{page}, {name}", port, other, path)
            for page in ("release", "home"):
                compare(f"{page} unchanged (304), {name}", port, other, pages[page], is_known=True)


def compare(name: str, port: int, other: int, path: str, *, is_known: bool = False) -> None:
    """One line: the medians of turns, and the ratio of ours to theirs with its spread."""
    ours, theirs = asker(port, path, is_known=is_known), asker(other, file_of(path), is_known=is_known)
    pairs = [(ours(), theirs()) for _ in range(TURNS)]
    ratios = sorted(one / two for one, two in pairs)
    ratio = statistics.median(ratios)
    fast, reference = (statistics.median(side) for side in zip(*pairs, strict=True))
    spread = f"{ratio:.2f} x ({ratios[0]:.2f}-{ratios[-1]:.2f})"
    line(name, f"{fast:,.0f}/s", f"{reference:,.0f}/s", spread, ">= 0.5 x", ratio >= 0.5)


def asker(port: int, path: str, *, is_known: bool) -> Callable[[], float]:
    """What asks one side for some seconds, and says how many answers a second came; any but 200 or 304 ends it."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Host: localhost:{port}", "-H", "User-Agent: Mozilla/5.0 Firefox/150"]
    if is_known:
        command += ["-H", f"If-None-Match: {etag(port, path)}"]

    def ask() -> float:
        run = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True)
        if "Non-2xx" in run.stdout and not is_known:
            raise SystemExit(f"bench: {path} was refused\n{run.stdout}")
        found = re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)
        if found is None:
            raise SystemExit(run.stdout)
        return float(found[1])

    return ask


def etag(port: int, path: str) -> str:
    """What the answer is known by."""
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=GZIP), timeout=10) as answer:
        return str(answer.headers["ETag"])


def fetched(port: int, path: str) -> bytes:
    """The compressed bytes of a page."""
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=GZIP), timeout=10) as answer:
        if answer.headers["Content-Encoding"] != "gzip":
            raise SystemExit(f"bench: {path} came in another encoding")
        return bytes(answer.read())


def file_of(path: str) -> str:
    """The name nginx knows a page by."""
    return "/" + (re.sub(r"[^a-z0-9]+", "-", path) or "-")


def answers(port: int, path: str) -> bool:
    """Say whether the page is there yet."""
    try:
        return bool(fetched(port, path))
    except OSError:
        return False


@contextmanager
def nginx(home: Path, cache: str, pages: dict[str, bytes]) -> Iterator[int]:
    """nginx with these pages, for as long as the measuring takes; yields its port."""
    folder, port = Path(tempfile.mkdtemp(dir=home)), free_port()
    (folder / "files").mkdir()
    for path, body in pages.items():
        (folder / "files" / (file_of(path)[1:] + ".gz")).write_bytes(body)
    for part in (folder, folder / "files", home):
        part.chmod(0o755)
    text = (Path(__file__).parent / "nginx.conf").read_text("utf-8")
    for name, value in {"folder": str(folder), "port": str(port), "cache": cache}.items():
        text = text.replace(f"{{{name}}}", value)
    (folder / "nginx.conf").write_text(text)
    process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        time.sleep(1)
        if process.poll() is not None:
            raise SystemExit((folder / "nginx.log").read_text())
        yield port
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
