"""From a Word file to readers: mended, approved by somebody without an account, let out, published at its time.

And without scripts: the last seconds in which a publication is stopped.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import OPERATOR, people_at, served
from tests.browser.people import Meet, Person, Site, link_in
from tests.browser.test_library import begin
from tests.browser.test_word import file

pytestmark = pytest.mark.browser

HEADLINE = "Sao Mai thu hoạch vụ lúa hữu cơ"
LISTS = ("/", "/latest", "/feed.json", "/news-sitemap.xml")
SEARCH = "/search?q=thu+hoach+lua"  # the words found are marked, so the headline is looked for by its address


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal where a publication can be stopped for some seconds."""
    with served(tmp_path_factory.mktemp("careful"), LOA_UNDO="600") as made:
        yield made


@pytest.fixture
def meet_there(browser: Browser, careful: Site) -> Iterator[Meet]:
    yield from people_at(browser, careful)


def at_the_desk(meet: Meet) -> Person:
    """The operator, with a section to write for."""
    operator = meet("Lan", OPERATOR)
    operator.signs_in()
    operator.makes_section("kinh-te", "Kinh tế")
    return operator


def bring(writer: Person) -> str:
    """The file as a draft, its wrong weekday mended; answers the draft's address."""
    writer.page.locator("[data-bring-file]").set_input_files(file())
    writer.page.wait_for_url(re.compile(r"/desk/releases/\w+$"))
    address = writer.page.url
    writer.chooses({"section": "Kinh tế"})
    writer.clicks(writer.page.get_by_role("button", name="Sửa thành “thứ Bảy”"))
    writer.sees("Đã sửa.")
    return address


def approve(writer: Person, lawyer: Person, address: str) -> None:
    """Asked by mail, read with its pictures, approved by a button."""
    writer.opens(f"{address}/approvals")
    writer.fills({"name": "Luật sư Hà", "email": lawyer.email})
    writer.presses("Gửi thư nhờ duyệt")
    writer.opens(f"{address}/submit")
    writer.sees("Luật sư Hà chưa trả lời về bản này")
    lawyer.opens(link_in(lawyer.site.letter(lawyer.email, "nhờ duyệt một thông cáo"), "/approve"))
    lawyer.sees(HEADLINE, "thứ Bảy, ngày 28/11/2026")
    pictures = lawyer.page.locator("main img")
    expect(pictures).to_have_count(2)
    for number in range(2):
        pictures.nth(number).scroll_into_view_if_needed()
        expect(pictures.nth(number)).to_have_js_property("complete", True)
        assert pictures.nth(number).evaluate("picture => picture.naturalWidth") > 0
    lawyer.presses("Duyệt bản này")
    lawyer.sees("Bạn đã duyệt bản này.")


def schedule(writer: Person, address: str) -> None:
    """In two hours, on the portal's clocks."""
    writer.opens(f"{address}/submit")
    writer.sees("Đã duyệt bản này")
    at = datetime.now(UTC) + timedelta(hours=2)
    writer.page.get_by_label("Hẹn giờ", exact=True).check()
    writer.fills({"at": f"{at.astimezone(ZoneInfo('Asia/Ho_Chi_Minh')):%Y-%m-%dT%H:%M}"})
    writer.presses("Gửi biên tập viên")
    writer.sees("Hẹn đăng:", "giờ Việt Nam (GMT+7)", f"tức {at:%H:%M}")


def due_in(site: Site, seconds: int) -> datetime:
    """Nobody waits two hours, nor ten minutes: what waits for its time is due so soon; answers when."""
    return datetime.fromisoformat(site.beside("tests.browser.due", str(seconds)).strip())


def test_a_word_file_is_mended_approved_scheduled_and_read(meet_there: Meet) -> None:
    operator, lawyer, stranger = at_the_desk(meet_there), meet_there("Ha", "ha@luat.example"), meet_there("Khach")
    writer = begin(meet_there, "Dung", "Hợp tác xã Lúa Hương")
    address = bring(writer)
    approve(writer, lawyer, address)
    schedule(writer, address)
    operator.opens("/moderation/")
    operator.follows(HEADLINE)
    operator.presses("Duyệt, đăng đúng giờ hẹn")
    operator.sees("Đã duyệt; tới giờ hẹn thì lên trang.", "Chờ tới giờ đăng")
    before = [HEADLINE in stranger.fetches(place) for place in LISTS] + ["/r/" in stranger.fetches(SEARCH)]
    assert not any(before)
    at = due_in(stranger.site, 3)
    stranger.waits_for_page("/feed.json", HEADLINE)
    assert datetime.now(UTC) >= at
    for place in LISTS:
        stranger.waits_for_page(place, HEADLINE)
    stranger.waits_for_page(SEARCH, "/r/")
    stranger.opens("/")
    stranger.follows(HEADLINE)
    stranger.sees("thứ Bảy, ngày 28/11/2026", "Hợp tác xã Lúa Hương", "Vùng")
    assert stranger.page.get_by_alt_text("Nông dân gặt lúa").evaluate("picture => picture.naturalWidth") > 0
    writer.opens(address)
    writer.sees("Đã đăng", "Luật sư Hà")


def test_without_scripts_a_publication_is_stopped_and_then_goes_out(meet_there: Meet) -> None:
    operator = at_the_desk(meet_there)
    writer = begin(meet_there, "Sen", "Hợp tác xã Sen Hồng", has_scripts=False)
    for headline in ("Sen Hồng vào vụ", "Sen Hồng mở cửa hàng"):
        writer.begins()
        writer.fills({"headline": headline, "contact": "Sen, sen@example.vn"})
        writer.fills({"body_html": "Hợp tác xã Sen Hồng báo tin cho bạn hàng gần xa."})
        writer.chooses({"section": "Kinh tế"})
        writer.presses("Lưu và gửi đăng")
        if headline == "Sen Hồng vào vụ":
            writer.presses("Gửi biên tập viên")
            operator.opens("/moderation/")
            operator.follows(headline)
            operator.presses("Duyệt và đăng")
            writer.follows("Hợp tác xã Sen Hồng")
    writer.sees("còn 600 giây để dừng lại")
    writer.presses("Cho đăng")
    writer.sees("giây nữa", "Chưa ai đọc được")
    writer.presses("Dừng lại")
    writer.sees("Đã dừng lại, chưa ai đọc được")
    writer.presses("Lưu và gửi đăng")
    writer.presses("Cho đăng")
    writer.sees("giây nữa")
    assert "Sen Hồng mở cửa hàng" not in writer.fetches("/")
    due_in(writer.site, 5)
    writer.page.reload()
    expect(writer.page.get_by_role("link", name="Xem trang")).to_be_visible()  # the page came again by itself
    writer.waits_for_page("/", "Sen Hồng mở cửa hàng")
