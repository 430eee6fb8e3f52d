"""What is written to standard error: which request, where, and nothing of any person."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from loa.portals.models import Portal
from loa.project import config, errors, logs
from loa.project.logs import Json, Plain, Routes, log, scrubbed


def break_down(request: HttpRequest, token: str) -> HttpResponse:
    """Fail with somebody's address in the sentence."""
    raise RuntimeError("an@example.vn is not to be read here")


def miss(request: HttpRequest, token: str) -> HttpResponse:
    """Have no such page."""
    raise Http404


urlpatterns = [path("join/<str:token>", break_down), path("miss/<str:token>", miss)]
handler404, handler500 = errors.not_found, errors.server_error


class Kept(logging.Handler):
    """Keeps what would be written."""

    def __init__(self, form: logging.Formatter) -> None:
        super().__init__()
        self.addFilter(Routes())
        self.setFormatter(form)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))


@pytest.fixture
def written(settings: Settings) -> Iterator[Kept]:
    settings.ROOT_URLCONF = __name__
    kept = Kept(Json())
    heard = [log, logging.getLogger("django.request")]
    before = [one.level for one in heard]
    for one in heard:
        one.addHandler(kept)
    log.setLevel(logging.INFO)
    yield kept
    for one, level in zip(heard, before, strict=True):
        one.removeHandler(kept)
        one.setLevel(level)


def test_a_fault_is_found_by_the_number_its_page_shows_and_names_nobody(
    written: Kept, client: Client, portal: Portal
) -> None:
    client.raise_request_exception = False
    answer = client.get("/join/bi-mat?q=an%40example.vn")
    number = answer["X-Request-ID"]
    assert f"<code>{number}</code>" in answer.text
    lines: list[dict[str, Any]] = [json.loads(line) for line in written.lines]
    assert [line["request"] for line in lines] == [number, number]
    fault, request = lines
    assert (fault["level"], fault["message"]) == ("error", "Internal Server Error: /join/<str:token>")
    assert "RuntimeError: …@… is not to be read here" in fault["trace"]
    assert (request["method"], request["route"], request["status"]) == ("GET", "/join/<str:token>", 500)
    assert not re.search(r"bi-mat|example\.vn|127\.0", "".join(written.lines))


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_one_quiet_line(written: Kept, client: Client) -> None:
    answer = client.get("/miss/bi-mat")
    assert "X-Request-ID" not in answer
    (line,) = map(json.loads, written.lines)
    assert (line["level"], line["status"]) == ("info", 404)
    assert "bi-mat" not in written.lines[0]


@pytest.mark.parametrize("host", ["", "a b", "<script>"])
def test_what_a_stranger_calls_a_host_is_told_of_nowhere(
    client: Client, portal: Portal, caplog: pytest.LogCaptureFixture, host: str
) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.mark.django_db
@pytest.mark.parametrize(("proxies", "given", "is_taken"), [
    (1, "abcdef-0123456789", True), (0, "abcdef-0123456789", False), (1, "an@example.vn", False),
    (1, "dòng\nhai", False), (1, "x" * 65, False),
])  # fmt: skip
def test_a_number_given_by_a_proxy_is_taken_when_there_is_one(
    written: Kept, client: Client, settings: Settings, proxies: int, given: str, is_taken: bool
) -> None:
    settings.LOA_PROXIES = proxies
    client.get("/miss/x", headers={"X-Request-ID": given})
    assert (json.loads(written.lines[0])["request"] == given) is is_taken


@pytest.mark.parametrize(("text", "left"), [
    ("to an.binh+x@thu.example.vn failed", "to …@… failed"),
    ("/early?mail=an%40example.vn", "/early?mail=…@…"),
    ("DETAIL:  Key (lower(email))=(an@example.vn) already exists.", "DETAIL:  Key (lower(email))=(…) already exists."),
    ("Failing row contains (1, Nguyễn An, 0901).", "Failing row contains (…)."),
    ("release 1qb443dv0w was due", "release 1qb443dv0w was due"),
])  # fmt: skip
def test_people_are_taken_out_of_what_is_written(text: str, left: str) -> None:
    assert scrubbed(text) == left


def test_a_plain_line_is_for_people() -> None:
    record = logging.LogRecord("loa.wire", logging.WARNING, __file__, 1, "%s waits", ("an@example.vn",), None)
    assert Plain().format(record) == "WARNING …@… waits"
    assert logs.configuration("plain")["loggers"]["loa.project.logs"]["level"] == "WARNING"


def test_another_form_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_LOG", "xml")
    with pytest.raises(ValueError, match="plain or json"):
        config.log_form()


def test_every_line_of_a_process_is_json_when_asked_for(tmp_path: Any) -> None:
    command = "import django, logging; django.setup(); logging.getLogger('loa.wire').warning('Gửi an@example.vn')"
    done = subprocess.run(
        [sys.executable, "-c", command],
        env={"LOA_HOME": str(tmp_path), "LOA_LOG": "json", "DJANGO_SETTINGS_MODULE": "loa.project.settings",
             "PYTHONPATH": ":".join(sys.path), "PATH": ""},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    (line,) = map(json.loads, done.stderr.splitlines())
    assert (line["level"], line["logger"], line["message"]) == ("warning", "loa.wire", "Gửi …@…")
