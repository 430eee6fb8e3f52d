"""The operator's page of outgoing mail: what waits, what is wrong, and the switches."""

from datetime import timedelta

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.lib import clock
from loa.mail import queries
from loa.mail.actions.address import To, address
from loa.mail.actions.cancel import cancel
from loa.mail.actions.open_mailing import open_mailing
from loa.mail.actions.queue import queue
from loa.mail.actions.seal import seal
from loa.mail.models import Copy, Halt, Mailing, Message, Receiver, State

PAGE = "/operator/mail"


@pytest.fixture
def mailing(db: None) -> Mailing:
    """Three recipients: one sent, one waiting, one in doubt."""
    made = open_mailing(key="issue:1", lane="news", subject="Tin sáng", text="x")
    address(made, [To(f"{n}", f"doc{n}@vidu.vn") for n in range(3)])
    seal(made)
    Copy.objects.filter(key="0").update(state=State.SENT)
    Copy.objects.filter(key="2").update(state=State.IN_DOUBT)
    return made


def press(desk: Client, mailing: Mailing, way: str) -> str:
    return desk.post(f"{PAGE}/mailing/{mailing.public_id}/{way}", follow=True).text


def test_it_shows_what_waits_and_what_is_wrong(desk: Client, mailing: Mailing) -> None:
    later = clock.now() + timedelta(minutes=4)
    Receiver.objects.create(name="cham.vn", failures=3, answer="451 Later", closed_until=later, at=clock.now())
    Receiver.objects.create(name="", failures=1, answer="Connect call failed", closed_until=later, at=clock.now())
    page = desk.get(PAGE).text
    for words in ("Tin sáng", "cham.vn", "451 Later", "Connect call failed", "Dừng mọi bản tin", "Gửi lại", "chưa rõ"):
        assert words in page


def test_it_is_whole_in_english_and_when_nothing_was_ever_sent(desk: Client) -> None:
    page = desk.get(f"/en{PAGE}").text
    for words in (
        "Outgoing mail",
        "Halt all newsletters",
        "Everybody takes mail.",
        "There is no mailing yet.",
        "None.",
    ):
        assert words in page


def test_the_operator_halts_all_newsletters_and_lets_them_run(desk: Client) -> None:
    assert "Đang dừng" in desk.post(f"{PAGE}/lane/news/halt", follow=True).text
    assert Halt.objects.get().lane == "news"
    assert "Đang dừng" not in desk.post(f"{PAGE}/lane/news/go-on", follow=True).text
    assert list(Record.objects.order_by("id").values_list("act", flat=True)) == ["mail.halt", "mail.go_on"]


def test_a_mailing_is_paused_resumed_and_stopped(desk: Client, mailing: Mailing) -> None:
    assert "tạm dừng" in press(desk, mailing, "pause")
    press(desk, mailing, "resume")
    assert "đã dừng hẳn" in press(desk, mailing, "stop")
    mailing.refresh_from_db()
    assert (mailing.is_paused, mailing.state) == (False, "stopped")


def test_what_is_in_doubt_is_sent_again_or_let_be(desk: Client, mailing: Mailing) -> None:
    press(desk, mailing, "again")
    assert queries.report(mailing).pending == 2
    Copy.objects.filter(key="2").update(state=State.IN_DOUBT)
    assert "Để vậy" not in press(desk, mailing, "leave")
    assert queries.report(mailing).in_doubt == 1


def test_a_single_mail_in_doubt_is_sent_again_unless_it_was_called_back(desk: Client) -> None:
    queue(key="a", to="doc@vidu.vn", subject="Đặt lại mật khẩu", text="x", cancel_key="doc", urgent=True)
    Message.objects.update(state=State.IN_DOUBT)
    way = f"{PAGE}/message/{Message.objects.get().public_id}"
    assert "Đặt lại mật khẩu" in desk.get(PAGE).text
    desk.post(f"{way}/again")
    assert Message.objects.get().state == State.PENDING
    Message.objects.update(state=State.IN_DOUBT)
    cancel("doc")
    assert "không gửi lại được" in desk.post(f"{way}/again", follow=True).text
    assert "Đặt lại mật khẩu" not in desk.post(f"{way}/leave", follow=True).text


def test_only_the_operator_finds_it(client: Client, moderator: Person, mailing: Mailing) -> None:
    client.force_login(moderator)
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}/mailing/{mailing.public_id}/stop").status_code == 404
    assert client.post(f"{PAGE}/lane/news/halt").status_code == 404
    mailing.refresh_from_db()
    assert mailing.state == "sealed"


def test_reading_changes_nothing_and_unknown_ways_are_not_there(desk: Client, mailing: Mailing) -> None:
    assert desk.get(f"{PAGE}/mailing/{mailing.public_id}/stop").status_code == 405
    assert desk.post(f"{PAGE}/mailing/{mailing.public_id}/burn").status_code == 404
    assert desk.post(f"{PAGE}/lane/mars/halt").status_code == 404
    assert desk.post(f"{PAGE}/message/nobody/again").status_code == 404


def test_the_operator_stops_news_to_an_address_and_allows_it_again(desk: Client) -> None:
    def decide(way: str, email: str) -> str:
        return desk.post(f"{PAGE}/address/{way}", {"email": email}, follow=True).text

    assert "doc@vidu.vn không nằm trong danh sách thôi gửi." in decide("allow", "doc@vidu.vn")
    assert "Từ nay không gửi bản tin" in decide("stop", "doc@vidu.vn")
    assert queries.suppressed(["doc@vidu.vn"])
    assert "lại nhận được bản tin" in decide("allow", "Doc@vidu.vn")
    assert not queries.suppressed(["doc@vidu.vn"])
    again = decide("stop", "doc@")
    assert "Địa chỉ thư điện tử này chưa đúng" in again
    assert 'value="doc@"' in again
    assert desk.post(f"{PAGE}/address/xoa", {"email": "doc@vidu.vn"}).status_code == 404
