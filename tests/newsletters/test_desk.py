"""The doors of the desk: for its people alone, every button without a script, nothing typed is lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from loa.archive.models import Entry
from loa.audit.actions.record import Actor
from loa.lib import clock
from loa.newsletters.actions.edit import Words, edit
from loa.newsletters.models import Issue, IssueItem, State
from loa.portals.models import Portal
from loa.search import record
from loa.search.actions.rebuild import rebuild
from loa.stats.models import DailyViews
from loa.subscribers.models import Subscriber
from tests.conftest import MakePerson
from tests.entries import make_entry

Typed = Callable[..., dict[str, Any]]
DESK = "/operator/newsletters"


def order(issue: Issue) -> list[str]:
    rows = IssueItem.objects.filter(issue=issue).order_by("position").select_related("entry__current")
    return [row.entry.current.headline for row in rows]


def test_strangers_find_nothing(client: Client, issue: Issue, make_person: MakePerson) -> None:
    doors = ["", "/sender", "/colours/dark.css"]
    doors += [f"/{issue.public_id}{way}" for way in ("", "/pick", "/preview", "/mail/dark", "/page/light", "/send")]
    for login in (None, make_person("Binh")):
        if login:
            client.force_login(login)
        assert {client.get(DESK + door).status_code for door in doors} == {404}
        assert client.post(f"{DESK}/{issue.public_id}", {"do": "save"}).status_code == 404


def test_an_issue_is_begun_and_the_most_read_stands_first(desk: Client, portal: Portal, entries: list[Entry]) -> None:
    assert "Chưa có số nào" in desk.get(DESK).content.decode()
    to = desk.post(f"{DESK}/new", {"language": "vi"})["Location"]
    DailyViews.objects.create(entry=entries[0], day=clock.now().date(), views=5)
    page = desk.get(to).content.decode()
    assert page.index("Tin một") < page.index("Tin ba") < page.index("Tin hai")
    assert "5 lượt đọc" in page
    to = desk.post(to, {"entry": [entries[2].public_id, entries[0].public_id]})["Location"]
    assert order(Issue.objects.get()) == ["Tin ba", "Tin một"]
    assert "sẽ là số 1" in desk.get(to).content.decode()


def test_an_older_story_is_found_by_its_words(desk: Client, issue: Issue, portal: Portal, home: Path) -> None:
    old = make_entry(portal, "bốn", published_at=clock.now() - timedelta(days=400))
    rebuild(record.everything())
    page = desk.get(f"{DESK}/{issue.public_id}/pick?q=tin bon").content.decode()
    assert old.public_id in page
    assert "Tin một" not in page  # this issue has it
    assert "Không tìm thấy" in desk.get(f"{DESK}/{issue.public_id}/pick?q=khongco").content.decode()


def test_another_portals_issue_is_not_there(desk: Client, issue: Issue) -> None:
    Issue.objects.update(portal=Portal.objects.create(slug="khac", name="Khác"))
    assert {desk.get(f"{DESK}/{issue.public_id}{way}").status_code for way in ("", "/pick", "/send")} == {404}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"when": "now", "at": "2040-01-01T07:30"}, "Bạn chọn gửi ngay mà lại ghi giờ"),
        ({"when": "at", "at": ""}, "Hãy chọn ngày giờ gửi."),
        ({"when": "at", "at": "2020-01-01T07:30"}, "Giờ này đã qua"),
        ({"when": "at", "at": "mai"}, "Hãy chọn ngày giờ, như"),
        ({"when": "now", "at": "", "revision": 7}, "Có người vừa sửa số này."),
    ],
)
def test_a_wrong_time_or_an_old_look_sends_nothing(
    desk: Client, issue: Issue, readers: list[Subscriber], fields: dict[str, Any], says: str
) -> None:
    Issue.objects.update(subject="Tuần này")
    answer = desk.post(f"{DESK}/{issue.public_id}/send", {"revision": 0, **fields})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert Issue.objects.get().state == State.DRAFT


def test_it_says_how_many_it_reaches_and_goes_at_its_time(
    desk: Client, issue: Issue, readers: list[Subscriber]
) -> None:
    assert "Hãy viết tiêu đề thư." in desk.get(f"{DESK}/{issue.public_id}/send").content.decode()
    Issue.objects.update(subject="Tuần này")
    assert "Gửi cho 7 người" in desk.get(f"{DESK}/{issue.public_id}/send").content.decode()
    desk.post(f"{DESK}/{issue.public_id}/send", {"revision": 0, "when": "at", "at": "2040-01-01T07:30"})
    issue.refresh_from_db()
    assert issue.scheduled_at == datetime(2040, 1, 1, 0, 30, tzinfo=UTC)
    page = desk.get(f"{DESK}/{issue.public_id}").content.decode()
    assert "Sẽ gửi lúc 07:30, 1 tháng 1, 2040" in page
    desk.post(f"{DESK}/{issue.public_id}/take-back")
    assert Issue.objects.get().state == State.DRAFT


def test_what_an_issue_has_is_not_suggested_again(desk: Client, issue: Issue, portal: Portal, editor: Actor) -> None:
    page = desk.get(f"{DESK}/{issue.public_id}/pick").content.decode()
    assert "không có tin nào chưa gửi" in page
    Issue.objects.update(state=State.SENT, number=1, sent_at=clock.now())
    other = desk.post(f"{DESK}/new", {"language": "vi"})["Location"]
    assert "Tin một" not in desk.get(other).content.decode()
    english = desk.post(f"{DESK}/new", {"language": "en"})["Location"]
    assert "Tin một" in desk.get(english).content.decode()


def test_buttons_move_and_take_out_and_keep_what_was_typed(desk: Client, issue: Issue, typed: Typed) -> None:
    one, two, three = issue.items.order_by("position").values_list("pk", flat=True)
    address = f"{DESK}/{issue.public_id}"
    answer = desk.post(address, typed(do=f"up-{three}", **{f"line-{three}": "Lời mới"}))
    assert answer["Location"] == f"{address}#item-{three}"
    assert order(issue) == ["Tin một", "Tin ba", "Tin hai"]
    assert IssueItem.objects.get(pk=three).line == "Lời mới"
    desk.post(address, typed(do=f"down-{one}"))
    desk.post(address, typed(do=f"up-{three}"))  # stands first already
    assert order(issue) == ["Tin ba", "Tin một", "Tin hai"]
    desk.post(address, typed(do=f"remove-{two}"))
    assert order(issue) == ["Tin ba", "Tin một"]
    assert desk.post(address, typed(do="pick"))["Location"] == f"{address}/pick"


def test_of_two_editors_both_texts_are_shown(desk: Client, issue: Issue, typed: Typed, editor: Actor) -> None:
    mine = typed(subject="Bản của tôi")
    edit(editor, issue, words=Words(subject="Bản kia"), lines=[], expected_revision=0)
    answer = desk.post(f"{DESK}/{issue.public_id}", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Bản của tôi"' in page
    assert "<dd>Bản kia</dd>" in page
    assert desk.post(f"{DESK}/{issue.public_id}", typed(subject="Bản của tôi")).status_code == 302
    issue.refresh_from_db()
    assert issue.subject == "Bản của tôi"


@pytest.mark.parametrize("item", ["", "x", "9" * 30, "-1", "7"])
def test_odd_fields_do_no_harm(desk: Client, issue: Issue, typed: Typed, item: str) -> None:
    assert desk.post(f"{DESK}/{issue.public_id}", typed(item=[item], do=f"up-{item}")).status_code == 302
    assert desk.post(f"{DESK}/{issue.public_id}", typed(revision="x")).status_code == 422
    assert desk.post(f"{DESK}/{issue.public_id}/pick", {"entry": ["nothing", item]}).status_code == 302
    assert len(order(issue)) == 3


@pytest.mark.parametrize("kind", ["mail", "page"])
def test_previews_run_nothing_and_answer_which_colours(desk: Client, issue: Issue, kind: str) -> None:
    answer = desk.get(f"{DESK}/{issue.public_id}/{kind}/dark")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "prefers-color-scheme" not in answer.content.decode()
    assert "Tin một" in answer.content.decode()
    assert desk.get(f"{DESK}/{issue.public_id}/{kind}/purple").status_code == 404
    shell = desk.get(f"{DESK}/{issue.public_id}/preview?as={kind}")
    assert "frame-src 'self'" in shell["Content-Security-Policy"]
    assert shell.content.decode().count("<iframe sandbox") == 4


def test_the_colours_of_a_preview_are_the_houses(desk: Client, portal: Portal) -> None:
    dark = desk.get(f"{DESK}/colours/dark.css").content.decode()
    light = desk.get(f"{DESK}/colours/light.css").content.decode()
    assert "@media all" in dark
    assert "@media not all" in light
    assert portal.accent_dark in dark
    assert "prefers-color-scheme" not in dark + light
    assert desk.get(f"{DESK}/colours/purple.css").status_code == 404


def test_the_draft_goes_only_after_a_button(desk: Client, issue: Issue) -> None:
    address = f"{DESK}/{issue.public_id}/discard"
    assert desk.get(address).status_code == 200
    assert Issue.objects.exists()
    desk.post(address)
    assert not Issue.objects.exists()


def test_who_signs_is_typed_once(desk: Client, portal: Portal) -> None:
    fields = {"name": "Công ty Tin Mới", "address": "1 Tràng Tiền", "telephone": "024", "email": "sai"}
    assert desk.post(f"{DESK}/sender", fields).status_code == 400
    desk.post(f"{DESK}/sender", {**fields, "email": "hoi@tin.vn"})
    assert "Công ty Tin Mới" in desk.get(f"{DESK}/sender").content.decode()


def test_an_issue_is_made_for_the_press(desk: Client, issue: Issue, typed: Typed) -> None:
    here = f"{DESK}/{issue.public_id}"
    page = desk.post(here, typed(list_key="press"), follow=True).text
    assert "cho báo chí" in page
    assert "sẽ là số" not in page
    issue.refresh_from_db()
    assert issue.is_for_press
    assert "Danh sách báo chí chưa có ai" in desk.get(f"{here}/send").text
    assert 'href="?as=page"' not in desk.get(f"{here}/preview?as=page").text
    assert desk.get(f"{here}/page/light").status_code == 404
    assert "Báo chí" in desk.get(DESK).text
