"""A search is followed by mail like anything else: asked for on its page, confirmed, told of, left."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from loa.archive.actions.shelve import Text, add_version
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry, Notice
from loa.lib import clock
from loa.mail.models import Message
from loa.newsletters.actions.build_again import build_again
from loa.newsletters.actions.send_due import send_due
from loa.portals.models import Portal
from loa.search import trying
from loa.subscribers import queries as subscribers
from loa.subscribers.actions.clear import clear
from loa.subscribers.models import Consent, FollowedSearch, Subscriber, Subscription
from loa.subscribers.rules.searches import MOST, address_of, key_of
from tests.entries import make_entry
from tests.readers import ask, link, make_reader, press

pytestmark = pytest.mark.django_db
QUERY = "q=hai&language=vi"


@pytest.fixture(autouse=True)
def _static(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path


def token(client: Client, query: str = QUERY) -> str:
    """What the door of a page of results leads on with."""
    answer = client.get(f"/newsletter/search?{query}")
    assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
    return unquote(answer["Location"].partition("search=")[2])


def following(portal: Portal, address: str, email: str = "doc@vidu.vn", **more: Any) -> Subscriber:
    """A reader who follows a search."""
    key = key_of(address)
    FollowedSearch.objects.create(portal=portal, digest=key.partition(":")[2], address=address, asked_at=clock.now())
    return make_reader(portal, email, key, **more)


def mails() -> list[str]:
    return [one.subject for one in Message.objects.filter(key__startswith="newsletters:").order_by("pk")]


def test_a_search_is_followed_from_its_page_to_the_mail(client: Client, portal: Portal) -> None:
    form = client.get(f"/newsletter?search={quote(token(client))}")
    assert "Theo dõi tìm kiếm “hai” (tiếng Việt)" in form.text
    assert 'href="/search?q=hai&amp;language=vi"' in form.text
    assert ask(client, search=token(client), frequency="weekly").status_code == 200
    assert "tìm kiếm “hai” (tiếng Việt)" in Message.objects.get().text
    assert not Subscription.objects.exists()
    door = link("confirm")
    assert "Tôi muốn nhận tin mới khớp với tìm kiếm “hai” (tiếng Việt)" in client.get(door).text
    press(client, door)
    press(client, door)
    assert list(Subscription.objects.values_list("key", "frequency")) == [(key_of(QUERY), "weekly")]
    assert "khớp với tìm kiếm" in Consent.objects.latest("pk").text
    mine = client.get(subscribers.link(Subscriber.objects.get(), "preferences")).text
    assert "Theo tìm kiếm</span> Tìm kiếm “hai” (tiếng Việt)" in mine


def test_alike_searches_are_one() -> None:
    assert address_of({"kind": "news", "q": " hai  ba ", "sort": "date"}) == address_of({"q": "hai ba", "kind": "news"})


def test_quotation_marks_within_others_are_single(portal: Portal) -> None:
    address = address_of({"q": '"lúa gạo" -ngô', "organization": "khong-con", "kind": "news", "year": "2025"})
    assert subscribers.search_name(portal, address, "vi") == "tìm kiếm “‘lúa gạo’ -ngô” (tin, khong-con, 2025)"


def test_a_daily_mail_holds_what_the_search_finds(portal: Portal) -> None:
    following(portal, "q=hai")
    following(portal, "q=hai -một&lang=en", "khac@vidu.vn")
    for name in ("một", "hai", "hai mươi"):
        make_entry(portal, name)
    Entry.objects.update(published_at=clock.now() - timedelta(hours=1))
    send_due()
    send_due()
    assert len(mails()) == 2
    message = Message.objects.get(to="doc@vidu.vn")
    assert all(f"Tin {name}" in message.text for name in ("hai", "hai mươi"))
    assert "Tin một" not in message.text
    assert "Bạn nhận thư này vì đã chọn: tìm kiếm “hai”." in message.text
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_leaves_the_search_and_nothing_else(client: Client, portal: Portal) -> None:
    reader = following(portal, "q=hai")
    reader.subscriptions.create(key="general", since=clock.now())
    client.post(subscribers.leave_link(reader, key_of("q=hai")), {"List-Unsubscribe": "One-Click"})
    assert list(Subscription.objects.values_list("key", flat=True)) == ["general"]


def test_who_hears_at_once_hears_though_there_is_no_index(portal: Portal, run_wire: Callable[[], int]) -> None:
    following(portal, "q=hai", frequency="at_once")
    following(portal, "q=bốn", "khac@vidu.vn", frequency="at_once")
    for name in ("một", "hai"):
        make_entry(portal, name)
        run_wire()
    run_wire()
    assert [one.partition(": ")[2] for one in mails()] == ["Tin hai"]


def test_what_was_withdrawn_is_taken_out_of_a_mail_that_waits(portal: Portal) -> None:
    following(portal, "q=hai")
    first, second = (make_entry(portal, name) for name in ("hai", "hai mươi"))
    Entry.objects.update(published_at=clock.now() - timedelta(hours=1))
    send_due()
    withdraw(second, statement="Nhầm.")
    build_again()
    message = Message.objects.latest("pk")
    assert "Tin hai mươi" not in message.text
    assert first.current is not None
    assert first.current.headline in message.text


def test_entries_are_tried_as_they_are_now(portal: Portal) -> None:
    entry = make_entry(portal, "hai")
    add_version(
        entry, text=Text(language="vi", headline="Tin ba", body_html="", body_text=""), kind=Notice.Kind.CORRECTED
    )
    searches = trying.asked(portal.pk, {name: {"q": name} for name in ("hai", "ba", "!!!", '"tin ba"')})
    found = trying.matching([entry.public_id], searches)
    assert {name for name, ids in found.items() if ids == {entry.public_id}} == {"ba", '"tin ba"'}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Hãy gõ điều bạn muốn theo dõi."),
        ("q=%21%21", "không có từ nào tìm được"),
        ("q=lúa from:hômqua", "Máy không hiểu “from:hômqua”"),
        ("q=lúa lang:klingon", "Máy không hiểu “lang:klingon”"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    client: Client, portal: Portal, query: str, sentence: str
) -> None:
    answer = client.get(f"/newsletter/search?{query}&year=2025")
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert '<input type="hidden" name="year" value="2025">' in answer.text
    assert not FollowedSearch.objects.exists()


def test_a_search_nobody_looked_at_is_no_form(client: Client, portal: Portal) -> None:
    assert client.get("/newsletter?search=q%3Dlua").status_code == 404
    assert ask(client, search="q=lua").status_code == 404


def test_a_reader_follows_so_many_and_no_more(client: Client, portal: Portal) -> None:
    reader = following(portal, "q=hai")
    for number in range(MOST - 1):
        reader.subscriptions.create(key=key_of(f"q={number}"), since=clock.now())
    ask(client, search=token(client, "q=ba"))
    answer = press(client, link("confirm"))
    assert (answer.status_code, f"{MOST} tìm kiếm" in answer.text) == (409, True)
    assert subscribers.count_searches(reader) == MOST


def test_searches_nobody_follows_are_cleared(portal: Portal) -> None:
    following(portal, "q=hai")
    for address, days in (("q=ba", 6), ("q=bốn", 8)):
        digest, asked_at = key_of(address).partition(":")[2], clock.now() - timedelta(days=days)
        FollowedSearch.objects.create(portal=portal, digest=digest, address=address, asked_at=asked_at)
    clear()
    assert list(FollowedSearch.objects.order_by("pk").values_list("address", flat=True)) == ["q=hai", "q=ba"]
