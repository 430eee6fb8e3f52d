"""The inbox's pages: what is unread is counted on every page of the desk, opened by a button, and nobody else's."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loa.accounts.models import Person
from loa.inbox.actions.tell import Happening, note
from loa.inbox.models import Choice, Item
from loa.inbox.rules import EVENTS
from loa.portals.models import Portal


@pytest.fixture
def desk(client: Client, portal: Portal, an: Person) -> Client:
    client.force_login(an)
    return client


@pytest.fixture
def item(an: Person, portal: Portal) -> Item:
    what = Happening(
        portal=portal, event="sent_back", title="Vụ lúa đầu tiên", language="vi", said="Thiếu nguồn.",
        path="/desk/releases/a",
    )  # fmt: skip
    note(an, what, key="k")
    return Item.objects.get()


def test_what_is_unread_is_counted_on_the_desk(desk: Client, item: Item) -> None:
    assert "chưa đọc: </span>1</span>" in desk.get("/desk/").text
    assert "chưa đọc:" not in desk.get("/").text


def test_it_says_what_happened_and_what_was_said(desk: Client, item: Item) -> None:
    page = desk.get("/desk/inbox").text
    for words in ("Biên tập viên gửi lại để sửa", "Vụ lúa đầu tiên", "Thiếu nguồn."):
        assert words in page
    assert re.search(r'datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"', page)
    assert "Sent back by an editor" in desk.get("/en/desk/inbox").text
    item.refresh_from_db()
    assert item.read_at is None  # looking at the list reads nothing


def test_a_longer_page_asks_the_database_no_oftener(desk: Client, item: Item, an: Person, portal: Portal) -> None:
    desk.get("/desk/inbox")
    with CaptureQueriesContext(connection) as one:
        desk.get("/desk/inbox")
    for number in range(5):
        note(an, Happening(portal=portal, event="published"), key=f"k{number}")
    with CaptureQueriesContext(connection) as six:
        desk.get("/desk/inbox")
    assert len(six) == len(one)


def test_opening_one_reads_it_and_leads_there(desk: Client, item: Item) -> None:
    assert desk.post(f"/desk/inbox/{item.pk}")["Location"] == "/desk/releases/a"
    item.refresh_from_db()
    first = item.read_at
    assert first is not None
    assert desk.post(f"/en/desk/inbox/{item.pk}")["Location"] == "/en/desk/releases/a"
    item.refresh_from_db()
    assert item.read_at == first
    assert "chưa đọc:" not in desk.get("/desk/").text


def test_what_came_after_the_page_stays_unread(desk: Client, item: Item, an: Person, portal: Portal) -> None:
    note(an, Happening(portal=portal, event="published"), key="mới")
    desk.post("/desk/inbox/read", {"until": str(item.pk)})
    assert [row.key for row in Item.objects.filter(read_at=None)] == ["mới"]
    desk.post("/desk/inbox/read", {"until": "x" * 20})
    assert Item.objects.filter(read_at=None).count() == 1


def test_a_stranger_opens_and_reads_nothing(client: Client, stranger: Person, item: Item) -> None:
    client.force_login(stranger)
    assert client.post(f"/desk/inbox/{item.pk}").status_code == 404
    client.post("/desk/inbox/read", {"until": str(item.pk)})
    assert "Vụ lúa đầu tiên" not in client.get("/desk/inbox").text
    item.refresh_from_db()
    assert item.read_at is None


def test_nobody_is_asked_who_they_are(client: Client, portal: Portal) -> None:
    assert client.get("/desk/inbox")["Location"] == "/accounts/login/?next=/desk/inbox"


def test_an_empty_inbox_says_what_will_come(desk: Client) -> None:
    assert "Chưa có gì." in desk.get("/desk/inbox").text


def test_a_choice_is_kept_and_shown(desk: Client, an: Person) -> None:
    assert desk.get("/desk/inbox/choices").text.count(" checked") == 7
    page = desk.post("/desk/inbox/choices", {"mail": ["held", "evidence"]}, follow=True).text
    assert page.count(" checked") == 1
    assert Choice.objects.filter(person=an).count() == 6
    assert "Bằng chứng xác minh không còn thấy" in page


def test_every_event_is_said_in_both_languages(desk: Client, an: Person, portal: Portal) -> None:
    names = dict.fromkeys(("name", "partner", "who", "whom", "agency", "client", "domain", "views"), "X")
    for event in EVENTS:
        note(an, Happening(portal=portal, event=event, names=names), key=event)
    for prefix in ("", "/en"):
        page = desk.get(f"{prefix}/desk/inbox").text
        assert page.count("data-inbox-item") == len(EVENTS)
        assert "%(" not in page
