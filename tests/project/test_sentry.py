"""Faults are told to the Sentry server that was named, here one on loopback, and name nobody."""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest

from loa.project import config

READ = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}
FAULT = """
import django; django.setup()
import io, logging, sentry_sdk
from django.core.wsgi import get_wsgi_application
from django.urls import path
import loa.project.urls as urls
def break_down(request, token):
    secret = "mat-khau-cua-an"
    raise RuntimeError("an@example.vn was refused")
urls.urlpatterns.insert(0, path("join/<str:token>", break_down))
import loa.portals.middleware as found
found.queries.by_host = lambda host: None
found.PORTALLESS = ("/",)
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/join/bi-mat", "QUERY_STRING": "q=tim-gi", "SERVER_NAME": "x",
           "SERVER_PORT": "80", "HTTP_HOST": "x", "HTTP_COOKIE": "sessionid=phien-cua-an", "REMOTE_ADDR": "203.0.113.9",
           "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(b"mail=an"), "CONTENT_LENGTH": "7",
           "HTTP_USER_AGENT": "May-cua-An", "HTTP_X_CSRFTOKEN": "thu"}
print(list(get_wsgi_application()(environ, lambda *said: print(said[0]))) and "")
logging.getLogger("loa.wire.worker").error("%s did not take %r", "mail", "binh@example.vn")
sentry_sdk.flush(10)
"""


@pytest.fixture
def sink() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that keeps what it is sent, and its address."""
    kept: list[str] = []

    class Sink(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.append(READ[self.headers["Content-Encoding"]](body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Sink) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://khoa@127.0.0.1:{server.server_port}/7", kept
        server.shutdown()


def test_a_fault_is_told_with_its_place_and_without_its_people(tmp_path: Path, sink: tuple[str, list[str]]) -> None:
    address, kept = sink
    done = subprocess.run(
        [sys.executable, "-c", FAULT],
        env={"LOA_HOME": str(tmp_path), "LOA_SENTRY_DSN": address, "DJANGO_SETTINGS_MODULE": "loa.project.settings",
             "PYTHONPATH": ":".join(sys.path), "PATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "500 Internal Server Error" in done.stdout, done.stderr
    events = [
        json.loads(line) for body in kept for line in body.splitlines() if '"event_id"' in line and '"level"' in line
    ]
    fault = next(one for one in events if "exception" in one)
    assert fault["exception"]["values"][0]["value"] == "…@… was refused"
    assert fault["exception"]["values"][0]["stacktrace"]["frames"][-1]["function"] == "break_down"
    assert fault["request"] == {"method": "GET"}
    assert fault["release"] == config.version()
    assert any("did not take" in json.dumps(one) for one in events)
    everything = "\n".join(kept)
    for word in ("example.vn", 'mat-khau-cua-an\\"', "bi-mat", "tim-gi", "phien-cua-an", "203.0.113.9", "May-cua-An"):
        assert word not in everything, word


@pytest.mark.parametrize("address", ["sentry.example", "https://sentry.example/7", "ftp://khoa@sentry.example/7"])
def test_what_is_no_address_of_a_project_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("LOA_SENTRY_DSN", address)
    with pytest.raises(ValueError, match="LOA_SENTRY_DSN"):
        config.sentry_address()
