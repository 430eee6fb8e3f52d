"""bring_in: readers from elsewhere come in with the proof of their consent, once, and nobody who went away."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.audit.actions.record import Actor
from loa.audit.models import Record
from loa.lib import clock
from loa.mail.actions.suppress import suppress
from loa.mail.models import Message
from loa.portals.models import Portal
from loa.subscribers import queries
from loa.subscribers.actions import bring_in as act
from loa.subscribers.actions.begin_bringing import begin_bringing
from loa.subscribers.actions.bring_in import bring_in_due
from loa.subscribers.actions.change import change
from loa.subscribers.actions.clear import clear
from loa.subscribers.actions.erase import erase
from loa.subscribers.actions.start_bringing import start_bringing
from loa.subscribers.errors import NotATable, WrongState
from loa.subscribers.models import BarredDomain, Bringing, Consent, State, Subscriber
from tests.readers import link, lists, make_reader, press

FILE = "\ufeffHọ tên;Thư;Tiếng\nAn;An@vidu.vn;en\nBình;không có;vi\nChi;Chi <chi@vidu.vn>;\nAn;an@VIDU.vn;vi\n;;\n"


def begun(editor: Actor, portal: Portal, content: str = FILE, **choices: Any) -> Bringing:
    made = begin_bringing(
        editor, portal, content=content.encode(), source="trang cũ", proof="Tôi muốn nhận tin.",
        consented_on=date(2026, 1, 2),
    )  # fmt: skip
    start_bringing(editor, made, choices={**made.choices, **choices})
    return made


def run() -> int:
    settled = 0
    while page := bring_in_due():
        settled += page
    return settled


def test_it_finds_the_column_and_takes_in_what_is_an_address(vn: Portal, editor: Actor) -> None:
    made = begun(editor, vn, language=2)
    assert (made.choices["email"], made.choices["has_head"]) == (1, True)
    assert (run(), run()) == (4, 0)
    made.refresh_from_db()
    assert (made.state, made.lines, made.reached, made.added, made.table) == ("done", 4, 4, 2, "")
    assert made.refused == [[3, "no_address"], [5, "twice"]]
    assert lists("an@vidu.vn") == lists("chi@vidu.vn") == {"general": "daily"}
    reader = Subscriber.objects.get(email="an@vidu.vn")
    assert (reader.state, reader.language, reader.subscriptions.get().language) == (State.CONFIRMED, "en", "en")
    consent = Consent.objects.get(subscriber=reader)
    assert (consent.method, consent.text, consent.proof, consent.key) == (
        "brought_in", "Tôi muốn nhận tin.", made, "general",
    )  # fmt: skip
    assert Record.objects.filter(act="bring_in").count() == 1


def test_the_same_file_adds_nobody_twice(vn: Portal, editor: Actor) -> None:
    begun(editor, vn)
    run()
    again = begun(editor, vn)
    run()
    again.refresh_from_db()
    assert (again.added, again.known) == (0, 2)
    assert Subscriber.objects.count() == Consent.objects.count() == 2


def test_a_worker_that_died_goes_on_where_it_was(vn: Portal, editor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(act, "PAGE", 2)
    made = begun(editor, vn, "".join(f"{n}@vidu.vn\n" for n in range(5)))
    bring_in_due()
    with monkeypatch.context() as dying:
        dying.setattr(act, "_add", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring_in_due()
    run()
    made.refresh_from_db()
    assert (made.added, made.known, made.refused, Subscriber.objects.count()) == (5, 0, [], 5)


def test_nobody_who_went_away_comes_back_by_it(vn: Portal, editor: Actor) -> None:
    make_reader(vn, "di@vidu.vn", state=State.LEFT)
    erase(make_reader(vn, "xoa@vidu.vn"))
    suppress("bat@vidu.vn", reason="550")
    half = make_reader(vn, "nua@vidu.vn", "general", "organization:1")
    change(half, [queries.wishes_of(half)[1]], language="vi", texts={})
    rows = ("di@vidu.vn", "xoa@vidu.vn", "bat@vidu.vn", "nua@vidu.vn", "tam@a.yopmail.com", "moi@vidu.vn")
    BarredDomain.objects.get_or_create(domain="yopmail.com")
    made = begun(editor, vn, "\n".join(rows))
    run()
    made.refresh_from_db()
    assert made.refused == [[1, "left"], [2, "erased"], [3, "suppressed"], [4, "left"], [5, "barred"]]
    assert made.added == 1
    assert "vidu" not in str(made.refused)


def test_they_may_be_asked_first(vn: Portal, editor: Actor, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = begun(editor, vn, asks=True)
    run()
    begun(editor, vn, asks=True)
    run()
    made.refresh_from_db()
    assert (made.added, made.asked, Message.objects.count()) == (0, 2, 2)
    assert not lists("an@vidu.vn")
    assert "trang cũ" in Message.objects.latest("pk").text
    press(client, link("confirm"))
    assert lists("chi@vidu.vn") == {"general": "daily"}
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert clear() == 1


def test_who_reads_something_else_gets_the_list_beside_it(vn: Portal, editor: Actor) -> None:
    make_reader(vn, "an@vidu.vn", "organization:1", frequency="at_once")
    make_reader(vn, "chi@vidu.vn", state=State.UNCONFIRMED)
    begun(editor, vn)
    run()
    assert lists("an@vidu.vn") == {"general": "daily", "organization:1": "at_once"}
    assert Subscriber.objects.get(email="chi@vidu.vn").state == State.CONFIRMED


@pytest.mark.parametrize("content", [b"", b"ten\nAn\n", b"PK\x03\x04\0\0", b"\xff\xd8\xff\xe0\0\x10JFIF"])
def test_what_is_no_table_of_addresses_is_refused(vn: Portal, editor: Actor, content: bytes) -> None:
    with pytest.raises(NotATable):
        begin_bringing(editor, vn, content=content, source="x", proof="x", consented_on=date(2026, 1, 2))
    assert not Bringing.objects.exists()


def test_tables_of_spreadsheets_are_read_as_they_save_them(vn: Portal, editor: Actor) -> None:
    for number, encoding in enumerate(("utf-16", "cp1258", "utf-8")):
        content = f"Tên\tThư\nAn\t{number}@vidu.vn\n".encode(encoding)
        made = begin_bringing(editor, vn, content=content, source="x", proof="x", consented_on=date(2026, 1, 2))
        assert made.choices["email"] == 1


def test_it_begins_once(vn: Portal, editor: Actor) -> None:
    made = begun(editor, vn)
    with pytest.raises(WrongState):
        start_bringing(editor, made, choices=made.choices)


def test_an_operator_brings_readers_in_by_the_pages(vn: Portal, desk: Client) -> None:
    sent = {
        "table": SimpleUploadedFile("cu.csv", FILE.encode()), "source": "trang cũ", "proof": "Nguyên văn",
        "consented_on": "2026-01-02", "proof_file": SimpleUploadedFile("p.pdf", b"%PDF"),
    }  # fmt: skip
    columns = desk.post("/operator/subscribers/bring", sent, follow=True)
    assert "an@vidu.vn" in columns.text
    assert "không phải địa chỉ thư" in columns.text
    door = columns.request["PATH_INFO"]
    shown = desk.post(door, {"email": "0", "has_head": "on"})
    assert "chi@vidu.vn" not in shown.text
    assert Bringing.objects.get().state == Bringing.State.CHOOSING
    assert not queries.count_lists(vn)
    started = desk.post(door, {"email": "1", "has_head": "on", "frequency": "weekly", "start": "1"}, follow=True)
    assert "Đang chạy" in started.text
    run()
    report = desk.get(door).text
    assert "Nguyên văn" in report
    assert "3: không phải địa chỉ thư" in report
    assert lists("an@vidu.vn") == {"general": "weekly"}
    proof = desk.get(f"{door}/proof")
    assert (proof.content, proof.headers["Content-Type"]) == (b"%PDF", "application/octet-stream")
    assert "trang cũ" in desk.get("/operator/subscribers/bring").text


def test_a_file_is_thrown_away_and_a_bad_form_keeps_what_was_typed(vn: Portal, desk: Client) -> None:
    sent = {"table": SimpleUploadedFile("x.csv", b"chi la chu"), "source": "trang cũ", "proof": "P",
            "consented_on": "2026-01-02"}  # fmt: skip
    answer = desk.post("/operator/subscribers/bring", sent)
    assert answer.status_code == 422
    assert 'value="trang cũ"' in answer.text
    assert "chưa tới" in desk.post("/operator/subscribers/bring", {**sent, "consented_on": "2999-01-01"}).text
    sent["table"] = SimpleUploadedFile("x.csv", FILE.encode())
    door = desk.post("/operator/subscribers/bring", sent).headers["Location"]
    desk.post(f"{door}/discard")
    assert not Bringing.objects.exists()
