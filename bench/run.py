"""Print the figures of the budgets, one line each: name | ours | reference | ratio | budget | ok/short.

A portal of some 300 entries is made through Loa's own acts in a folder that is removed afterwards, served by
`loa serve` on a free port of the loopback, and asked. The two sides of a ratio take turns in one run; an absolute
time is a hint.
"""

import http.client
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ENTRIES = 300
ROUNDS = 150
PUBLICATIONS = 20
PATIENCE = 300.0  # seconds for the server to start and for the index to catch up
TEXT = """
doanh nghiệp hợp tác xã sản lượng nông sản xuất khẩu thị trường bệnh viện trường học nghiên cứu công nghệ năng lượng
đô thị giao thông môi trường du lịch văn hóa lễ hội đầu tư tài chính bảo hiểm chăm sóc sức khỏe cộng đồng
"""
WORDS = TEXT.split()


def main() -> None:
    """Make, serve, measure, clean up."""
    with portal_of_its_own() as (home, port):
        desk = Desk()
        for number in range(ENTRIES):
            desk.publish(number)
        with served(port):
            wait_for(lambda: ask(port, "/")[0] == 200, "the front page")
            wait_for(lambda: not deliveries_waiting(), "the index")
            measure(port, desk)
            against_nginx(home, port, desk)


@contextmanager
def portal_of_its_own(*, takes_mail: bool = False) -> Iterator[tuple[Path, int]]:
    """Django on a fresh LOA_HOME, never on a portal that is in use; the folder goes afterwards.

    No setting of Loa's in the environment is kept. With LOA_TEST_DATABASE=postgres the database is a throw-away
    cluster. With `takes_mail` a sink on the loopback takes every mail and tells of it in the folder (sink.py).
    """
    forget_settings()
    from tests import postgres  # noqa: F401 -- points LOA_DATABASE_URL at the cluster when asked to

    home = Path(tempfile.mkdtemp(prefix="loa-bench-"))
    port = free_port()
    os.environ.update(
        LOA_HOME=str(home), LOA_PORT=str(port), LOA_ORIGIN=f"http://localhost:{port}",
        LOA_MAIL_URL=f"file:{home / 'out'}", LOA_MAIL_FROM="tin@vidu.vn", PYTHONPATH=str(ROOT),
        DJANGO_SETTINGS_MODULE="loa.project.settings",
    )  # fmt: skip
    try:
        with sink(home) if takes_mail else nullcontext():
            import django
            from django.core.management import call_command

            django.setup()
            begin_tables(home)
            call_command("migrate", verbosity=0)
            yield home, port
    finally:
        shutil.rmtree(home, ignore_errors=True)


def begin_tables(home: Path) -> None:
    """Copy every table from where a test says they are (tests/homes.py): to make them takes a dozen seconds."""
    tables = os.environ.get("LOA_TEST_TABLES")
    if tables and os.environ.get("LOA_TEST_DATABASE") != "postgres":
        for file in (Path(tables) / "home").glob("loa.db*"):
            shutil.copy(file, home)


def forget_settings() -> None:
    """Take every setting of Loa's out of the environment, so that no portal in use is written into."""
    for name in [name for name in os.environ if name.startswith(("LOA_", "DJANGO_"))]:
        if not name.startswith(("LOA_BENCH_", "LOA_TEST_")):
            del os.environ[name]


@contextmanager
def sink(home: Path) -> Iterator[None]:
    """Where all mail goes for as long as the measuring takes."""
    with subprocess.Popen([sys.executable, str(ROOT / "bench" / "sink.py"), str(home)]) as process:
        try:
            wait_for((home / "port").exists, "the sink")
            os.environ["LOA_MAIL_URL"] = f"smtp://127.0.0.1:{(home / 'port').read_text()}"
            yield
        finally:
            process.kill()


class Desk:
    """One organization of one portal, and its releases."""

    def __init__(self) -> None:
        from loa.accounts.models import Person
        from loa.lib import clock
        from loa.organizations.actions.found import found
        from loa.portals.models import Portal, PortalHost
        from loa.topics.models import Section

        portal = Portal.objects.create(slug="do", name="Cổng đo")
        PortalHost.objects.create(portal=portal, host="*")
        self.section = Section.objects.create(portal=portal, slug="tin", name_vi="Tin", name_en="News")
        self.person = Person.objects.create_user("do@example.vn", "mat-khau-de-do")
        self.organization = found(self.person, portal=portal, name="Tổ chức đo", kind="company")
        self.organization.approved_at = clock.now()  # a newsroom is there once a moderator let the sender out
        self.organization.save()

    def publish(self, number: int, mark: str = "") -> Any:
        """Write, submit and publish one release; `mark` is a word no other release has."""
        from loa.audit.actions.record import SYSTEM
        from loa.releases.actions.publish import publish
        from loa.releases.actions.save import begin
        from loa.releases.actions.submit import submit

        words = [WORDS[(number * 7 + step * step) % len(WORDS)] for step in range(260)]
        paragraphs = [" ".join(words[at : at + 65]).capitalize() + "." for at in range(0, 260, 65)]
        fields = {
            "headline": f"{' '.join(words[:8]).capitalize()} {number} {mark}".strip(), "lead": paragraphs[0],
            "body_html": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), "section": self.section,
            "contact": "Phòng truyền thông",
        }  # fmt: skip
        release = begin(self.person, self.organization, fields=fields)
        return publish(SYSTEM, submit(self.person, release))


def measure(port: int, desk: Desk) -> None:
    """Print every figure."""
    from loa.archive import queries
    from loa.archive.models import Entry

    entry = Entry.objects.select_related("current", "portal").latest("id")
    address = queries.address(entry)
    pages, files = alternate(lambda: ask(port, address), lambda: ask(port, "/static/ui/tokens.css"))
    ratio = files / pages
    line(
        "hot page (against our own static file, not nginx)",
        ms(pages),
        ms(files),
        f"{ratio:.2f} x",
        ">= 0.5 x",
        ratio >= 0.5,
    )
    ours, bare = alternate(inside(address), bare_view())
    line("cold page, in Python", ms(ours), ms(bare), f"{ours / bare:.1f} x", "<= 8 x", ours <= 8 * bare)
    found, listed = alternate(lambda: ask(port, "/search?q=nong+san"), lambda: ask(port, "/latest"))
    line("search page (against /latest), 300 entries", ms(found), ms(listed), f"{found / listed:.1f} x", "-", True)
    times = sorted(until_visible(port, desk, number) for number in range(PUBLICATIONS))
    line("publish to page and search, p50", ms(statistics.median(times)), "-", "-", "-", True)
    last = times[min(len(times) - 1, int(len(times) * 0.99))]
    line(f"publish to page and search, p99 of {len(times)}", ms(last), "-", "-", "<= 500 ms", last <= 0.5)
    gone = until_gone(port, desk)
    line("withdrawn from page, lists, feeds and search", f"{gone:.2f} s", "-", "-", "<= 60 s", gone <= 60)


def against_nginx(home: Path, port: int, desk: Desk) -> None:
    """The lines of `bench/edge.py`, where there are nginx and wrk."""
    sys.path.insert(0, str(ROOT / "bench"))
    import edge

    if missing := edge.missing_programs():
        line(f"hot pages against nginx: no {' and no '.join(missing)} here", "-", "-", "-", ">= 0.5 x", is_ok=True)
        return
    edge.compare_all(home, port, f"/o/{desk.organization.slug}")


def until_gone(port: int, desk: Desk) -> float:
    """Seconds from the moderator's click until no public address shows the words of a withdrawn release."""
    from loa.archive import queries
    from loa.archive.models import Entry

    mark = f"zqfake{os.getpid()}"
    until_visible(port, desk, PUBLICATIONS)
    entry = Entry.objects.select_related("current", "portal").get(pk=desk.publish(ENTRIES + PUBLICATIONS + 1, mark).pk)
    organization = f"/o/{entry.organization.slug}"
    lists = ["/", "/latest", "/feed.xml", "/feed.atom", "/feed.json", "/s/tin", "/s/tin/feed.xml", "/sitemap.xml"]
    # A search repeats the words asked for, so there the id must be gone; elsewhere a tombstone may keep the id.
    searches = dict.fromkeys((f"/search?q={mark}", f"/search/feed.xml?q={mark}"), entry.public_id)
    places = {**dict.fromkeys([*lists, organization, f"{organization}/feed.xml"], mark), **searches}
    wait_for(lambda: entry.public_id.encode() in ask(port, f"/search?q={mark}")[1], "the fake in search")
    click = ready_to_withdraw(port, entry.public_id)
    begun = time.perf_counter()
    click()
    wait_for(lambda: ask(port, queries.address(entry))[0] == 410, "the tombstone")
    for place, words in places.items():
        wait_for(partial(is_without, port, place, words.encode()), place)
    return time.perf_counter() - begun


def ready_to_withdraw(port: int, public_id: str) -> Callable[[], None]:
    """A moderator with the page of withdrawing open; the call is the click on its button, over HTTP."""
    from django.conf import settings
    from django.test import Client

    from loa.accounts.models import Person

    client = Client()
    client.force_login(Person.objects.create_user("duyet@example.vn", "mat-khau-duyet", is_staff=True))
    path, server = f"/moderation/withdraw/{public_id}", f"http://localhost:{port}"
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    opened = urlopen(Request(server + path, headers={"Cookie": session}))
    guard = opened.headers.get_all("Set-Cookie")[0].partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', opened.read().decode())
    if token is None:
        raise RuntimeError("the page of withdrawing has no form")
    body = urlencode({"csrfmiddlewaretoken": token[1], "statement": "Tin giả."}).encode()
    cookies = {"Cookie": f"{session}; {guard}", "Origin": server}

    def click() -> None:
        urlopen(Request(server + path, data=body, headers=cookies)).close()

    return click


def is_without(port: int, place: str, words: bytes) -> bool:
    """Say whether a page answers and these words are not in it."""
    status, body = ask(port, place)
    return status == 200 and words not in body


def until_visible(port: int, desk: Desk, number: int) -> float:
    """Seconds from the call of publish until the page answers and search has it."""
    from loa.archive import queries
    from loa.archive.models import Entry

    mark = f"zq{number}xk{os.getpid()}"
    begun = time.perf_counter()
    entry = Entry.objects.select_related("current", "portal").get(pk=desk.publish(ENTRIES + number, mark).pk)
    address = queries.address(entry)
    wait_for(lambda: ask(port, address)[0] == 200 and address.encode() in ask(port, f"/search?q={mark}")[1], mark)
    return time.perf_counter() - begun


def inside(address: str) -> Callable[[], tuple[int, bytes]]:
    """Ask the whole of Django in this process."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})

    def call() -> tuple[int, bytes]:
        answer = client.get(address)
        return answer.status_code, answer.content

    return call


def bare_view() -> Callable[[], tuple[int, bytes]]:
    """The reference: a request, one query, an empty template, and no middleware."""
    from django.http import HttpResponse
    from django.template import engines
    from django.test import RequestFactory

    from loa.portals.models import Portal

    factory, template = RequestFactory(), engines["django"].from_string("")

    def call() -> tuple[int, bytes]:
        factory.get("/")
        list(Portal.objects.all()[:1])
        answer = HttpResponse(template.render({}, request=None))
        return answer.status_code, answer.content

    return call


def alternate(ours: Callable[[], tuple[int, bytes]], theirs: Callable[[], tuple[int, bytes]]) -> tuple[float, float]:
    """Medians in seconds of two sides that take turns; an answer that is not 200 is a failure, never a figure."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS):
        for side, call in enumerate((ours, theirs)):
            begun = time.perf_counter()
            status, _ = call()
            if turn > 10:  # the first turns warm both sides
                times[side].append(time.perf_counter() - begun)
            if status != 200:
                raise SystemExit(f"bench: an answer was {status}, so there is nothing to measure")
    return statistics.median(times[0]), statistics.median(times[1])


def ask(port: int, path: str) -> tuple[int, bytes]:
    """One GET on the loopback; 0 while nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


@contextmanager
def served(port: int, *, workers: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """`loa serve` for as long as the measuring takes."""
    command = [sys.executable, "-P", "-m", "loa.project.cli", "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def deliveries_waiting() -> bool:
    """Say whether the worker still has notices to carry."""
    from loa.wire.models import Cursor, Delivery, State

    return not Cursor.objects.exists() or Delivery.objects.filter(outlet="search").exclude(state=State.DONE).exists()


def wait_for(is_true: Callable[[], bool], what: str) -> None:
    """Look again every five milliseconds, at most PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not is_true():
        if time.monotonic() > end:
            raise SystemExit(f"bench: waited {PATIENCE:.0f} s for {what}")
        time.sleep(0.005)


def free_port() -> int:
    """A port nobody has, below those the system gives to whoever connects meanwhile."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def ms(seconds: float) -> str:
    """Milliseconds with two digits."""
    return f"{seconds * 1000:.2f} ms"


def line(name: str, ours: str, reference: str, ratio: str, budget: str, is_ok: bool) -> None:
    """One figure."""
    print(" | ".join((name, ours, reference, ratio, budget, "ok" if is_ok else "short")), flush=True)


if __name__ == "__main__":
    main()
