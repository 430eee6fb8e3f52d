"""A sister portal, made and set up on pages alone, where somebody then publishes: on a host name of its own."""

import time
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import people_at
from tests.browser.people import Meet, Person, Site, path_of

pytestmark = pytest.mark.browser

HEADLINE, BODY = "Thuyền thúng trở lại bờ sông Hàn", "Bốn mươi hộ đan lại thuyền thúng và chở khách từ tháng này."


def test_a_portal_is_set_up_by_pages_and_somebody_publishes_there(meet: Meet, browser: Browser, site: Site) -> None:
    origin = site.origin.replace("127.0.0.1", "song-han.localhost")  # browsers lead it here without DNS
    operator = meet("Lan", site.operator)
    operator.signs_in()
    operator.opens("/operator/")
    operator.follows("Các cổng")
    operator.fills({"name": "GlobalDN", "origin": origin, "email": "lan@globaldn.example"})
    operator.chooses({"language": "Tiếng Việt"})
    operator.presses("Lập cổng")
    operator.sees("Đã lập GlobalDN.")
    appears(operator, f"{origin}/", "GlobalDN")
    there = people_at(browser, Site(origin, site.home, site.operator))
    meet_there = next(there)
    operator, author, reader = meet_there("Lan", site.operator), meet_there("Thung"), meet_there("Doc")
    operator.signs_in()
    sets_up(operator)
    author.opens("/accounts/signup/")
    author.signs_up()
    author.signs_in()
    publishes(author, operator)
    reads(reader, site.origin)
    with suppress(StopIteration):
        next(there)


def sets_up(operator: Person) -> None:
    """Brand, law, section, legal text and a plan, each by its page."""
    operator.opens("/operator/")
    operator.follows("Tên, màu và nơi chốn")
    operator.fills({"tagline_vi": "Tin của thành phố bên sông", "place_vi": "Đà Nẵng", "place_en": "Da Nang"})
    operator.page.locator("[name=accent]").fill("#0a6470")
    operator.page.locator("[name=is_listed]").check()
    operator.presses("Lưu")
    operator.sees("Đã lưu.")
    operator.opens("/operator/law")
    operator.fills({"responsible": "Trần Lan", "licence_vi": "Giấy phép số 1/GP-TTĐT"})
    operator.presses("Lưu")
    operator.makes_section("thanh-pho", "Thành phố")
    operator.opens("/operator/pages/terms/vi")
    operator.fills({"title": "Điều khoản", "body_html": "<p>Điều khoản của {portal} ở {place}.</p>"})
    operator.presses("Lưu")
    operator.opens("/operator/plans/new")
    operator.fills({"slug": "goi-thanh-pho", "name_vi": "Gói thành phố", "price": "0", "allowance": "5"})
    operator.chooses({"kind": "Miễn phí mỗi tháng"})
    operator.presses("Lưu")


def publishes(author: Person, operator: Person) -> None:
    """The first release of an organization of the city, let out by the desk there."""
    author.founds("Hợp tác xã Thuyền thúng")
    author.begins()
    author.fills({"headline": HEADLINE, "contact": "Phan Lụa, lua@thuyenthung.example"})
    author.writes(BODY)
    author.chooses({"section": "Thành phố"})
    author.presses("Lưu và gửi đăng")
    author.presses("Gửi biên tập viên")
    operator.opens("/moderation/")
    operator.follows(HEADLINE)
    operator.presses("Duyệt và đăng")


def reads(reader: Person, first: str) -> None:
    """A reader of the sister sees it in the sister's looks; at the first portal there is nothing of it but a way."""
    appears(reader, "/", HEADLINE)
    expect(reader.page.locator(".masthead__tagline")).to_have_text("Tin của thành phố bên sông")
    reader.follows(HEADLINE)
    reader.sees(BODY)
    path = path_of(reader.page.url)
    expect(reader.page.locator(".footer")).to_contain_text("Giấy phép số 1/GP-TTĐT")
    accent = reader.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
    assert accent == "#0a6470"
    reader.opens("/terms")
    reader.sees("Điều khoản của GlobalDN ở Đà Nẵng.")
    reader.opens("/pricing")
    reader.sees("Gói thành phố")
    reader.opens(f"{first}{path}", 404)
    reader.opens(f"{first}/latest")
    reader.does_not_see(HEADLINE)
    reader.page.locator(".footer__sisters").get_by_role("link", name="GlobalDN").click()
    expect(reader.page.locator(".masthead__tagline")).to_have_text("Tin của thành phố bên sông")


def appears(person: Person, address: str, words: str) -> None:
    """Load a page until the words are there: its outlets work behind the publisher's back."""
    until = time.monotonic() + 120
    person.page.goto(address)
    while words not in person.page.content():
        assert time.monotonic() < until, f"{address}: “{words}” never came"
        time.sleep(0.2)
        person.page.goto(address)
