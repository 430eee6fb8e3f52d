"""How long a draft's saving by itself takes while many write: name | p50, p99 | budget | ok/short, one line a figure.

AUTHORS people, each with a page of their own draft as the browser sends it, save every PAUSE seconds on a served portal
on the loopback; a moderator looks at a queue of WAITING releases meanwhile, every two seconds. The server, the load and
the database share the machine: on one that others use, believe the smallest of several runs. LOA_TEST_DATABASE=postgres
measures on a throw-away cluster.
"""

import http.client
import os
import random
import secrets
import threading
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

from own_portal import ask, portal_of_its_own, served, wait_for

AUTHORS = int(os.environ.get("LOA_BENCH_AUTHORS", "50"))
WAITING = int(os.environ.get("LOA_BENCH_WAITING", "10000"))
SECONDS = int(os.environ.get("LOA_BENCH_SECONDS", "60"))
PAUSE = 5.0
BUDGET = 300  # milliseconds at the 99th percentile
BODY = "<p>Hợp tác xã Sao Mai vừa thu hoạch vụ lúa hữu cơ đầu tiên trên cánh đồng Đồng Tháp.</p>\n" * 40


def main() -> None:
    """Set up, measure, clean up."""
    with portal_of_its_own() as (_home, port):
        drafts, moderator = fill()
        with served(port) as serving:
            wait_for(lambda: ask(port, "/readyz")[0] == 200, "the server")
            measure(port, drafts, moderator, serving.pid)


def fill() -> tuple[list[tuple[str, str]], str]:
    """The drafts with their writers' sessions, and a moderator's session beside a long queue."""
    from loa.accounts.models import Person
    from loa.lib import clock
    from loa.organizations.actions.found import found
    from loa.portals.models import Portal, PortalHost
    from loa.releases.actions.save import begin
    from loa.releases.models import Release
    from loa.releases.states import State
    from loa.topics.models import Section

    portal = Portal.objects.create(slug="globalvn", name="GlobalVN")
    PortalHost.objects.create(portal=portal, host="*")
    section = Section.objects.create(portal=portal, slug="kinh-te", name_vi="Kinh tế", name_en="Business")
    drafts = []
    for number in range(AUTHORS):
        person = Person.objects.create_user(f"{number}@example.vn", None, name=f"Người viết {number}")
        organization = found(person, portal=portal, name=f"Hợp tác xã {number}", kind="cooperative")
        said = {"headline": "Vụ lúa", "lead": "Năm tấn.", "body_html": BODY, "section": section, "contact": "Lan"}
        drafts.append((begin(person, organization, fields=said).public_id, session(person)))
    waiting = [
        Release(organization=organization, author=person, state=State.SUBMITTED, headline=f"Thông cáo {number}",
                body_html=BODY, section=section, contact="Lan", submitted_at=clock.now())
        for number in range(WAITING)
    ]  # fmt: skip
    Release.objects.bulk_create(waiting, batch_size=500)
    return drafts, session(Person.objects.create_user("mai@example.vn", None, name="Mai", is_staff=True))


def session(person: object) -> str:
    """The cookie of somebody who has signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]  # type: ignore[attr-defined]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()  # type: ignore[attr-defined]
    store.save()
    return str(store.session_key)


class Fields(HTMLParser):
    """What a browser would send of the form that saves by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.is_in, self.depth, self.select = False, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.is_in = self.is_in or (tag == "form" and "data-autosave" in said)
        self.depth += tag == "template"
        if not self.is_in or self.depth:
            return
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "input" and name and (kind in ("hidden", "text", "url", "date") or "checked" in said):
            self.found.append([name, said.get("value", "")])
        elif tag == "textarea":
            self.found.append([name, ""])
            self.select = "textarea"
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in said:
            self.found.append([self.select, said.get("value", "")])

    def handle_data(self, data: str) -> None:
        if self.select == "textarea":
            self.found[-1][1] += data

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "template"
        if tag == "textarea":
            self.select = ""
        self.is_in = self.is_in and tag != "form"


def spent(pid: int) -> float:
    """Seconds of processor time of a process and its children so far."""
    parts = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:
            continue  # it ended meanwhile
        said = text.rpartition(")")[2].split()
        parts[int(path.parent.name)] = (int(said[1]), int(said[11]) + int(said[12]))
    family = {pid}
    while more := {one for one, (parent, _time) in parts.items() if parent in family} - family:
        family |= more
    return sum(parts[one][1] for one in family if one in parts) / os.sysconf("SC_CLK_TCK")


def measure(port: int, drafts: list[tuple[str, str]], moderator: str, pid: int) -> None:
    """Print a line a figure."""
    saves: list[float] = []
    looks: list[float] = []
    opened = threading.Barrier(len(drafts) + 2)
    work = [threading.Thread(target=write, args=(port, *one, opened, saves)) for one in drafts]
    work.append(threading.Thread(target=look, args=(port, moderator, opened, looks)))
    for one in work:
        one.start()
    opened.wait()
    before = spent(pid)
    for one in work:
        one.join()
    cost = 1000 * (spent(pid) - before) / max(1, len(saves))
    told(f"save by itself, {AUTHORS} authors every {PAUSE:.0f} s, {len(saves)} saves", saves)
    print(f"processor time of the server a save, the looks at the queue with it | {cost:.0f} ms", flush=True)
    told(f"list of {WAITING:,} that wait, {len(looks)} looks", looks)


def told(name: str, taken: list[float]) -> None:
    """One line of a figure."""
    ordered = sorted(taken)
    half, most = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    verdict = "ok" if most <= BUDGET else "short"
    print(f"{name} | p50 {half:.0f} ms, p99 {most:.0f} ms | p99 ≤ {BUDGET} ms | {verdict}", flush=True)


def answer(connection: http.client.HTTPConnection, method: str, path: str, head: dict[str, str], body: str = "") -> str:
    """The answer; where the front door is full it is asked again, as a page does, and the time counts."""
    while True:
        connection.request(method, path, body or None, head)
        got = connection.getresponse()
        said = got.read().decode()
        if got.status != 503:
            assert got.status == 200, (got.status, said[:200])
            return said
        time.sleep(0.2)


def write(port: int, public_id: str, key: str, opened: threading.Barrier, taken: list[float]) -> None:
    """One author, typing on."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    token = secrets.token_hex(16)
    head = {"Cookie": f"session={key}; csrf={token}", "Origin": f"http://localhost:{port}", "Host": f"localhost:{port}"}
    time.sleep(random.random() * PAUSE)
    reader = Fields()
    reader.feed(answer(connection, "GET", f"/desk/releases/{public_id}", head))
    fields = dict(reader.found) | {"csrfmiddlewaretoken": token}
    head |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    opened.wait()  # the pages are open before anybody is measured
    time.sleep(random.random() * PAUSE)
    number, until = 0, time.monotonic() + SECONDS
    while time.monotonic() < until:
        number += 1
        fields["lead"], fields["body_html"] = f"Năm tấn, lần {number}.", f"{BODY}<p>Câu thứ {number}.</p>"
        began = time.perf_counter()
        answer(connection, "POST", f"/desk/releases/{public_id}/autosave", head, urlencode(fields))
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(max(0.0, PAUSE - (time.perf_counter() - began)))


def look(port: int, key: str, opened: threading.Barrier, taken: list[float]) -> None:
    """One moderator, at the queue."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    opened.wait()
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.perf_counter()
        answer(connection, "GET", "/moderation/", {"Cookie": f"session={key}", "Host": f"localhost:{port}"})
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(2)


if __name__ == "__main__":
    main()
