"""Many pictures go through the upload of a served portal; its web process stays small. LOA_STORM=full sends 200."""

import io
import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from PIL import Image

from loa.media.decode import decode
from tests import homes
from tests.media.make_pictures import CREDIT, PLACE, SECRET, Sent, pictures

EMAIL, PASSWORD = "lan@globalvn.example", "bai-ca-dao-cua-me"
COUNT = 200 if os.environ.get("LOA_STORM") == "full" else 70
MOST_MEMORY = 300_000  # kB


class Desk:
    """Somebody signed in at a served portal."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> bytes:
        return bytes(self.opener.open(self.origin + path, timeout=300).read())

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).decode())
        assert found
        return found[1]

    def post(self, path: str, form: str, **fields: str) -> str:
        data = urlencode({"csrfmiddlewaretoken": self.token(form), **fields}).encode()
        asked = urllib.request.Request(self.origin + path, data, {"Origin": self.origin})
        return str(self.opener.open(asked, timeout=300).url)

    def send(self, path: str, token: str, sent: Sent) -> dict[str, Any]:
        """Send one file as the page's script does."""
        edge = uuid.uuid4().hex
        part = f'--{edge}\r\nContent-Disposition: form-data; name="'
        head = f'{part}csrfmiddlewaretoken"\r\n\r\n{token}\r\n{part}uploads"; filename="{sent.name}"\r\n'
        body = f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + sent.data + f"\r\n--{edge}--\r\n".encode()
        about = {"Accept": "application/json", "Content-Type": f"multipart/form-data; boundary={edge}",
                 "Origin": self.origin}  # fmt: skip
        asked = urllib.request.Request(self.origin + path, body, about)
        (answer,) = json.loads(self.opener.open(asked, timeout=300).read())["files"]
        return dict(answer)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """An empty portal served with one web process; its origin, and the supervisor's number."""
    port = homes.free_port()
    origin = f"http://127.0.0.1:{port}"
    homes.begin(tmp_path / "home", name="GlobalVN", email=EMAIL, password=PASSWORD)
    about = homes.environment(tmp_path / "home", LOA_PORT=str(port), LOA_ORIGIN=origin)
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen([*homes.LOA, "serve", "--workers", "1"], env=about, stdout=log, stderr=log)
        try:
            for _ in range(900):
                try:
                    urllib.request.urlopen(f"{origin}/healthz", timeout=5)
                    break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.2)
            yield origin, server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(120)


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def most_memory(pid: int) -> int:
    """Return the highest resident memory of any one process of the portal, in kB."""
    found = []
    for one in family(pid):
        status = Path(f"/proc/{one}/status").read_text()
        command = Path(f"/proc/{one}/cmdline").read_bytes()
        if b"decoder" not in command and (match := re.search(r"VmHWM:\s+(\d+)", status)):
            found.append(int(match[1]))
    return max(found)


@pytest.mark.beside
@pytest.mark.storm
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_right_ones_keep_their_credit_and_lose_their_place(served: tuple[str, int]) -> None:
    origin, pid = served
    desk = Desk(origin)
    desk.post("/accounts/login/", "/accounts/login/", login=EMAIL, password=PASSWORD)
    page = desk.post("/desk/organizations/new", "/desk/organizations/new", name="Sao Mai", kind="cooperative")
    library = f"{page.removeprefix(origin)}/media"
    token = desk.token(library)
    sent = pictures(COUNT)
    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(lambda one: desk.send(f"{library}/upload", token, one), sent))
    wrong = []
    for one, answer in zip(sent, answers, strict=True):
        is_kept = answer["is_kept"]
        if one.expected != "either" and is_kept != (one.expected == "kept"):
            wrong.append((one.name, answer["sentence"]))
        assert answer["sentence"], one.name
        if is_kept:
            data = desk.get(answer["url"])
            assert SECRET not in data, one.name
            assert PLACE not in data, one.name
            assert not Image.open(io.BytesIO(data)).getexif(), one.name
            if one.has_credit:
                assert decode(data).said.credit == CREDIT, one.name
    assert wrong == []
    memory = most_memory(pid)
    kept = sum(answer["is_kept"] for answer in answers)
    print(f"\n{kept} of {len(sent)} kept; most memory of a portal's process: {memory // 1000} MB")
    assert memory < MOST_MEMORY
