"""Pre-flight at the desk: found while it is typed, changed by a click, left with a reason its moderator reads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry, Version
from loa.audit.models import Record
from loa.lib.safe_fetch import CannotFetch, Fetched
from loa.moderation.actions.suspend import suspend
from loa.organizations.models import Organization
from loa.releases.actions.look_at_links import look_at_links
from loa.releases.models import Answer, LinkLook, Release
from loa.releases.preflight.release import look_over
from tests.compose.conftest import Form
from tests.conftest import Write

SLOT = "Hôm nay, [Tên công ty] khai trương nhà máy."
BOAST = "Sản phẩm của chúng tôi tốt nhất thị trường."


def door(release: Release, more: str = "") -> str:
    return f"/desk/releases/{release.public_id}{more}"


def key_of(release: Release, check: str) -> str:
    return next(row.finding.key for row in look_over(release) if row.finding.check == check)


def test_the_page_says_what_where_and_why(desk: Client, write: Write) -> None:
    page = desk.get(door(write(lead=SLOT))).text
    assert "Chỗ chưa điền: [Tên công ty]" in page
    assert "Có vẻ là chữ của bản mẫu còn sót." in page
    assert "1 chỗ nên xem lại" in page


def test_what_is_typed_is_looked_at_and_nothing_is_saved(desk: Client, write: Write, form: Form) -> None:
    release = write()
    page = desk.post(door(release, "/preflight"), form(release, lead=SLOT, contact=""))
    assert page.status_code == 200
    assert "Chỗ chưa điền" in page.text
    assert "Hãy ghi người liên hệ báo chí." in page.text
    assert "<html" not in page.text
    assert "no-store" in page["Cache-Control"]
    release.refresh_from_db()
    assert (release.lead, release.revision) == ("Vụ lúa cho năm tấn mỗi héc-ta.", 1)


def test_a_text_no_form_takes_is_looked_at_all_the_same(desk: Client, write: Write, form: Form) -> None:
    release = write()
    page = desk.post(door(release, "/preflight"), form(release, lead=SLOT, headline="x" * 400))
    assert "Chỗ chưa điền" in page.text


def test_a_click_changes_what_it_says_after_the_page_was_saved(desk: Client, write: Write, form: Form) -> None:
    release = write(body_html='<p>Xem <a href="http://saomai.example/">trang của hợp tác xã</a> để biết thêm.</p>')
    key = key_of(release, "links")
    page = desk.post(door(release), form(release, headline="Tiêu đề mới", fix=key), follow=True)
    assert "Đã sửa." in page.text
    release.refresh_from_db()
    assert release.headline == "Tiêu đề mới"
    assert 'href="https://saomai.example/"' in release.body_html
    again = desk.post(door(release), form(release, fix=key), follow=True)
    assert "Chỗ này đã được sửa rồi." in again.text


def test_the_language_is_changed_by_a_click(desk: Client, write: Write, form: Form) -> None:
    release = write(language="en")
    desk.post(door(release), form(release, fix=key_of(release, "languages")))
    release.refresh_from_db()
    assert release.language == "vi"


def test_a_reason_is_kept_for_the_moderator(
    desk: Client, write: Write, form: Form, newcomer: Organization, moderator: Person
) -> None:
    release = write(newcomer, lead=BOAST)
    key = key_of(release, "superlatives")
    page = desk.get(door(release))
    assert "Bằng chứng: tài liệu nào, của ai, năm nào" in page.text
    said = {"answer": key, f"reason-{key}": "Chứng nhận của Vinacontrol số 12/2026"}
    page = desk.post(door(release), form(release, **said), follow=True)
    assert "Để nguyên, vì: Chứng nhận của Vinacontrol số 12/2026" in page.text
    assert Record.objects.filter(act="answer_finding").count() == 1
    desk.post(door(release, "/submit"))
    office = Client()
    office.force_login(moderator)
    review = office.get(f"/moderation/{release.public_id}").text
    assert "“tốt nhất” cần bằng chứng." in review
    assert "Chứng nhận của Vinacontrol số 12/2026" in review


def test_what_nobody_answered_is_said_to_the_moderator_too(
    desk: Client, write: Write, newcomer: Organization, moderator: Person
) -> None:
    release = write(newcomer, lead=BOAST)
    desk.post(door(release, "/submit"))
    office = Client()
    office.force_login(moderator)
    assert "Người viết chưa trả lời." in office.get(f"/moderation/{release.public_id}").text


def test_a_reason_holds_for_the_words_it_was_given_for(desk: Client, write: Write, form: Form) -> None:
    release = write(lead=BOAST)
    key = key_of(release, "superlatives")
    desk.post(door(release), form(release, answer=key, **{f"reason-{key}": "Có chứng nhận"}))
    desk.post(door(release), form(release, lead="Dịch vụ của chúng tôi duy nhất ở Việt Nam."))
    release.refresh_from_db()
    assert [row.answer for row in look_over(release)] == [None]


def test_a_reason_is_kept_whichever_button_saves_the_page(desk: Client, write: Write, form: Form) -> None:
    """The key for a new line presses the first one."""
    release = write(lead=BOAST)
    key = key_of(release, "superlatives")
    page = desk.post(door(release), form(release, **{f"reason-{key}": "Có chứng nhận"}), follow=True)
    assert "Để nguyên, vì: Có chứng nhận" in page.text


def test_an_empty_reason_is_asked_for(desk: Client, write: Write, form: Form) -> None:
    release = write(lead=BOAST)
    page = desk.post(door(release), form(release, answer=key_of(release, "superlatives")), follow=True)
    assert "Hãy viết vì sao để nguyên" in page.text
    assert not Answer.objects.exists()


def test_the_page_of_submitting_shows_it_and_takes_an_answer(desk: Client, write: Write) -> None:
    release = write(lead=BOAST)
    page = desk.get(door(release, "/submit")).text
    assert "“tốt nhất” cần bằng chứng." in page
    assert "Cho đăng" in page
    key = key_of(release, "superlatives")
    page = desk.post(door(release, "/preflight/answer"), {"answer": key, f"reason-{key}": "Có giải"}, follow=True).text
    assert "Để nguyên, vì: Có giải" in page


def test_strangers_find_nothing_and_a_suspended_organization_changes_nothing(
    desk: Client, write: Write, form: Form, stranger: Person, moderator: Person, organization: Organization
) -> None:
    release = write(lead=BOAST)
    key = key_of(release, "superlatives")
    other = Client()
    other.force_login(stranger)
    for path in ("/preflight", "/preflight/answer"):
        assert other.post(door(release, path), form(release)).status_code == 404
        assert desk.get(door(release, path)).status_code == 405
    suspend(moderator, organization, reason="Chờ xác minh")
    page = desk.post(door(release, "/preflight/answer"), {"answer": key, f"reason-{key}": "Có"}, follow=True)
    assert "đang tạm ngưng" in page.text
    assert not Answer.objects.exists()


def test_a_sent_release_takes_no_answer(desk: Client, write: Write, newcomer: Organization) -> None:
    release = write(newcomer, lead=BOAST)
    key = key_of(release, "superlatives")
    desk.post(door(release, "/submit"))
    desk.post(door(release, "/preflight/answer"), {"answer": key, f"reason-{key}": "Có"})
    assert not Answer.objects.exists()


def test_a_page_that_asks_without_end_is_told_to_wait(
    desk: Client, write: Write, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.compose.views.checks.AN_HOUR", 0)
    release = write()
    assert desk.post(door(release, "/preflight"), form(release)).status_code == 429


def test_an_earlier_release_of_the_same_words_is_named(
    desk: Client, write: Write, put_out: Callable[..., Entry]
) -> None:
    body = "<p>" + " ".join(f"Câu thứ {number} kể chuyện đồng ruộng." for number in range(12)) + "</p>"
    put_out(body_html=body, headline="Chuyện cũ")
    again = write(body_html=body, headline="Chuyện mới")
    assert "một thông cáo đã đăng: Chuyện cũ" in desk.get(door(again)).text


def test_what_is_declared_is_marked_for_people_and_machines(
    desk: Client, write: Write, form: Form, run_wire: Callable[[], int]
) -> None:
    release = write()
    desk.post(door(release), form(release, is_ai="on"))
    desk.post(door(release, "/submit"))
    run_wire()
    entry = Entry.objects.get()
    assert Version.objects.get().is_ai
    page = Client().get(f"/r/{entry.public_id}", follow=True).text
    assert "Văn bản có phần do AI viết" in page
    assert "digitalsourcetype/compositeWithTrainedAlgorithmicMedia" in page
    assert "do AI viết" in Client().get("/feed.xml").text


def test_what_is_not_declared_is_not_marked(put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    page = Client().get(f"/r/{entry.public_id}", follow=True).text
    assert "do AI viết" not in page
    assert "digitalsourcetype" not in page


@pytest.fixture
def linked(write: Write) -> Release:
    names = ("chet", "doi", "cham", "song")
    links = " ".join(f'<a href="https://{name}.example/a">{name}</a>' for name in names)
    return write(body_html=f"<p>Bốn liên kết của hợp tác xã: {links}</p>")


def fetched(url: str, **_: Any) -> Fetched:
    if "chet" in url:
        raise CannotFetch("the server answered 404")
    if "cham" in url:
        raise CannotFetch("cham.example could not be reached")
    onward = "https://noi-moi.example/a" if "doi" in url else url.replace("https://", "https://www.") + "/"
    return Fetched(url=onward, content_type="text/html", body=b"")


def test_the_worker_opens_links_once_and_the_page_says_what_it_found(
    desk: Client, linked: Release, settings: Any
) -> None:
    settings.LOA_CHECK_LINKS = True
    assert look_at_links(fetcher=fetched) == 4
    assert look_at_links(fetcher=fetched) == 0
    page = desk.get(door(linked)).text
    assert page.count("Không có trang nào ở địa chỉ này.") == 1
    assert "https://noi-moi.example/a" in page
    assert "cham (" not in page  # a server that is slow today is not called dead
    assert "song (" not in page


def test_no_link_is_opened_where_the_setting_forbids_it(linked: Release, settings: Any) -> None:
    settings.LOA_CHECK_LINKS = False
    assert look_at_links(fetcher=fetched) == 0
    assert not LinkLook.objects.exists()
