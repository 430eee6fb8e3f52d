"""The press list: journalists ask, prove their address, and an operator admits or refuses them."""

import pytest
from django.test import Client

from loa.audit.actions.record import Actor
from loa.mail.models import Message
from loa.portals.models import Portal
from loa.subscribers import queries
from loa.subscribers.actions.decide_on_press import decide_on_press
from loa.subscribers.actions.leave import leave
from loa.subscribers.errors import WrongState
from loa.subscribers.models import Consent, Journalist, State, Subscriber
from tests.readers import OWN, link, lists, make_reader, press, read

SAID = {
    "email": "an@bao.vn", "name": "Nguyễn An", "outlet": "Báo Mới", "proof": "Thẻ 12345, https://bao.vn/an",
    "topics": "nông nghiệp", "language": "vi",
}  # fmt: skip


def ask(client: Client, **more: str) -> object:
    return client.post("/newsletter/press", {**SAID, **read(), **more}, headers=OWN)


def waiting(client: Client) -> Journalist:
    ask(client)
    press(client, link("confirm"))
    return Journalist.objects.get()


def test_nobody_is_on_the_list_before_an_operator_looked(vn: Portal, client: Client) -> None:
    assert "Danh sách báo chí" in client.get("/newsletter/press").text
    ask(client)
    assert Journalist.objects.get().state == Journalist.State.ASKED
    assert not queries.journalists(vn, Journalist.State.WAITING)
    page = press(client, link("confirm"))
    assert "Ban biên tập xem" in page.text
    row = Journalist.objects.get()
    assert queries.everything_about(row.subscriber)["press"]["proof"] == SAID["proof"]
    assert (row.state, row.outlet, lists("an@bao.vn")) == (Journalist.State.WAITING, "Báo Mới", {})
    assert Subscriber.objects.get().state == State.CONFIRMED
    press(client, link("confirm"))
    assert not queries.recipients(vn, lists=["press"])


def test_an_operator_admits_and_they_are_told(vn: Portal, client: Client, desk: Client) -> None:
    row = waiting(client)
    page = desk.get("/operator/subscribers/press").text
    assert "Thẻ 12345" in page
    assert '<a href="https://bao.vn/an" rel="nofollow">' in page
    door = f"/operator/subscribers/press/{row.subscriber.public_id}"
    desk.post(door, {"state": "admitted", "note": "Chào mừng bạn."})
    assert list(lists("an@bao.vn")) == ["press"]
    assert [one.email for one in queries.recipients(vn, lists=["press"])] == ["an@bao.vn"]
    mail = Message.objects.latest("pk")
    assert "Chào mừng bạn." in mail.text
    assert "/newsletter/preferences/" in mail.text
    assert Consent.objects.latest("pk").method == "admit"
    desk.post(door, {"state": "admitted"})
    assert Message.objects.filter(key__contains=":admitted:").count() == 1
    desk.post(door, {"state": "removed", "note": "Toà soạn đã đổi."})
    assert not lists("an@bao.vn")
    assert "Toà soạn đã đổi." in Message.objects.latest("pk").text


def test_who_is_refused_is_told_why_and_may_ask_again(vn: Portal, client: Client, editor: Actor) -> None:
    row = waiting(client)
    decide_on_press(editor, row, state="refused", note="Chưa thấy bài nào.")
    assert "Chưa thấy bài nào." in Message.objects.latest("pk").text
    assert not lists("an@bao.vn")
    ask(client, outlet="Báo Khác")
    row.refresh_from_db()
    assert (row.state, row.outlet) == (Journalist.State.ASKED, "Báo Khác")


def test_somebody_else_changes_nothing_of_who_is_admitted(vn: Portal, client: Client, editor: Actor) -> None:
    row = waiting(client)
    decide_on_press(editor, row, state="admitted", note="")
    ask(client, outlet="Kẻ giả")
    row.refresh_from_db()
    assert (row.state, row.outlet) == (Journalist.State.ADMITTED, "Báo Mới")


def test_who_left_is_shown_as_such_and_cannot_be_admitted(
    vn: Portal, client: Client, desk: Client, editor: Actor
) -> None:
    row = waiting(client)
    decide_on_press(editor, row, state="admitted", note="")
    leave(row.subscriber, "press")
    assert "đã tự rời danh sách" in desk.get("/operator/subscribers/press").text
    Journalist.objects.update(state=Journalist.State.WAITING)
    with pytest.raises(WrongState):
        decide_on_press(editor, Journalist.objects.get(), state="admitted", note="")


def test_a_reader_may_be_a_journalist_too(vn: Portal, client: Client, editor: Actor) -> None:
    make_reader(vn, "an@bao.vn")
    decide_on_press(editor, waiting(client), state="admitted", note="")
    assert set(lists("an@bao.vn")) == {"general", "press"}


@pytest.mark.parametrize("wrong", [{"email": "sai"}, {"name": ""}, {"shown": ""}, {"language": "xx"}])
def test_a_form_that_lacks_something_keeps_the_rest(vn: Portal, client: Client, wrong: dict[str, str]) -> None:
    answer = ask(client, **wrong)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Thẻ 12345" in answer.text  # type: ignore[attr-defined]
    assert not Journalist.objects.exists()


def test_machines_get_the_same_answer_and_nothing_else(vn: Portal, client: Client) -> None:
    assert ask(client, website="http://x").status_code == 200  # type: ignore[attr-defined]
    assert not Subscriber.objects.exists()


def test_others_find_nothing_there(vn: Portal, client: Client) -> None:
    row = waiting(client)
    for address in ("", "press", f"press/{row.subscriber.public_id}", "bring", "export", "domains"):
        assert client.post(f"/operator/subscribers/{address}").status_code == 404
