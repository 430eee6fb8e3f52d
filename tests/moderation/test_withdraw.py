"""A moderator takes a fake from readers, found by its address or by a reader's report."""

from collections.abc import Callable

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.mail.models import Message
from loa.moderation.actions.report import report
from loa.releases.models import Release
from loa.releases.states import State

STATEMENT = "Thông cáo này là giả mạo; tổ chức không phát hành."


@pytest.fixture
def entry(put_out: Callable[..., Entry]) -> Entry:
    return put_out()


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def door(entry: Entry) -> str:
    return f"/moderation/withdraw/{entry.public_id}"


def test_a_fake_leaves_its_statement(desk: Client, moderator: Person, entry: Entry) -> None:
    address = f"/r/{entry.public_id}/sao-mai-thu-hoach-vu-lua-huu-co-dau-tien"
    assert desk.get(address).status_code == 200
    assert desk.post(door(entry), {"statement": STATEMENT})["Location"] == "/moderation/"
    gone = desk.get(address)
    assert gone.status_code == 410
    assert STATEMENT in gone.text
    assert Record.objects.get(act="withdraw").actor_label == moderator.email


def test_its_author_reads_why(desk: Client, an: Person, entry: Entry, run_wire: Callable[[], int]) -> None:
    desk.post(door(entry), {"statement": STATEMENT})
    run_wire()
    mail = Message.objects.get(to=an.email, subject__startswith="Đã rút")
    assert STATEMENT in mail.text


def test_looking_and_an_empty_statement_change_nothing(desk: Client, entry: Entry) -> None:
    assert desk.get(door(entry)).status_code == 200
    assert desk.post(door(entry), {"statement": " "}).status_code == 400
    assert Release.objects.get().state == State.PUBLISHED


def test_it_is_found_by_its_address_or_its_id(desk: Client, entry: Entry) -> None:
    for typed in (f"https://globalvn.example/en/r/{entry.public_id}/bat-ky?x=1", f" {entry.public_id} "):
        assert desk.get("/moderation/withdraw", {"address": typed})["Location"] == door(entry)
    page = desk.get("/moderation/withdraw", {"address": "https://globalvn.example/r/khong-co/x"})
    assert page.status_code == 404
    assert "Không có bài nào đang hiển thị" in page.text


def test_a_report_leads_to_it(desk: Client, entry: Entry) -> None:
    report(entry, reason="Giả mạo")
    assert f'href="{door(entry)}"' in desk.get("/moderation/").text
    desk.post(door(entry), {"statement": STATEMENT})
    page = desk.get("/moderation/").text
    assert "Giả mạo" in page
    assert f'href="{door(entry)}"' not in page


def test_twice_is_not_there(desk: Client, entry: Entry) -> None:
    desk.post(door(entry), {"statement": STATEMENT})
    assert desk.post(door(entry), {"statement": "Lại nữa"}).status_code == 404


def test_others_find_no_such_door(client: Client, an: Person, entry: Entry) -> None:
    client.force_login(an)
    assert client.get(door(entry)).status_code == 404
    assert client.post(door(entry), {"statement": STATEMENT}).status_code == 404
    assert Release.objects.get().state == State.PUBLISHED
