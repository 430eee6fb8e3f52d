"""A portal of a bench's own: made in a folder that is removed afterwards, filled by its desk, served, and asked."""

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.homes import free_port  # noqa: E402 (the project is found first)

PATIENCE = 300.0  # seconds for the server to start and for the index to catch up
TEXT = """
doanh nghiệp hợp tác xã sản lượng nông sản xuất khẩu thị trường bệnh viện trường học nghiên cứu công nghệ năng lượng
đô thị giao thông môi trường du lịch văn hóa lễ hội đầu tư tài chính bảo hiểm chăm sóc sức khỏe cộng đồng
"""
WORDS = TEXT.split()


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
