"""The library in the browser: many files at once, order, the point that stays in sight, films after a click."""

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import FilePayload, Route, expect

from tests.browser.people import Meet, Person

pytestmark = pytest.mark.browser

BODY = "Hợp tác xã Sao Mai vừa thu hoạch vụ lúa hữu cơ đầu tiên trên cánh đồng Đồng Tháp."
FILMS = re.compile(r"https://(?:www\.youtube-nocookie\.com|player\.vimeo\.com)/")


def picture(name: str, colour: str, size: tuple[int, int] = (900, 600)) -> FilePayload:
    """Return a picture as a file field takes it."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def begin(meet: Meet, name: str, organization: str, *, has_scripts: bool = True) -> Person:
    """Somebody new with an organization of their own, at its page."""
    person = meet(name, has_scripts=has_scripts)
    person.opens("/accounts/signup/")
    person.signs_up()
    person.signs_in()
    person.founds(organization)
    return person


def test_many_come_at_once_and_each_says_what_became_of_it(meet: Meet) -> None:
    lan = begin(meet, "Lan", "Hợp tác xã Lúa Vàng")
    lan.follows("Thư viện")
    broken: FilePayload = {"name": "hong.jpg", "mimeType": "image/jpeg", "buffer": b"khong phai anh"}
    files = [picture("do.jpg", "red"), broken, picture("xanh.jpg", "blue"), picture("lai.jpg", "red")]
    lan.page.locator("[data-upload-files]").set_input_files(files)
    lines = lan.page.locator("[data-upload-list] li")
    expect(lines.nth(3)).to_have_text("lai.jpg: ảnh này đã có trong thư viện.")
    expect(lines.nth(1)).to_contain_text("hong.jpg: Tệp này không phải ảnh đọc được.")
    expect(lan.page.locator("#pictures li")).to_have_count(2)
    lan.clicks(lan.page.locator("#pictures a").first)
    lan.page.locator("[data-focal] img").click(position={"x": 20, "y": 20})
    lan.fills({"alt": "Ruộng lúa xanh", "credit": "Sao Mai"})
    lan.page.get_by_label("Ảnh do AI tạo ra").check()
    lan.presses("Lưu")
    lan.sees("Đã lưu.")
    assert int(lan.page.locator("[name=focal_x]").input_value()) < 10
    lan.opens(f"{lan.page.url.rpartition('/')[0]}?q=ruong")
    expect(lan.page.locator("#pictures li")).to_have_count(1)


def test_pictures_are_put_in_order_and_a_film_comes_after_a_click(meet: Meet) -> None:
    hoa = begin(meet, "Hoa", "Hợp tác xã Hoa Sen")
    hoa.follows("Thư viện")
    hoa.page.get_by_text("Thêm video từ YouTube hoặc Vimeo").click()
    hoa.fills({"address": "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "title": "Ngày mùa"})
    hoa.presses("Thêm video")
    hoa.page.locator("[name=poster]").set_input_files(picture("bia.jpg", "green"))
    hoa.presses("Lưu")
    asked: list[str] = []

    def stop(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>film</title>")

    hoa.page.route(FILMS, stop)
    hoa.page.reload()
    link = hoa.page.locator("a[data-player]")
    expect(link).to_have_attribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    assert asked == []
    link.click()
    expect(hoa.page.locator(".video iframe")).to_have_attribute("title", "Ngày mùa")
    while not asked:
        hoa.page.wait_for_timeout(20)
    assert asked[0].startswith("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")
    hoa.opens("/desk/")
    hoa.follows("Hợp tác xã Hoa Sen")
    hoa.begins()
    hoa.page.locator("[name=new-file]").set_input_files([picture("mot.jpg", "red"), picture("hai.jpg", "blue")])
    hoa.fills({"headline": "Hoa Sen vào mùa"})
    hoa.presses("Lưu")  # while the files are on their way: the page waits for them
    hoa.sees("Đã lưu.")
    expect(hoa.page.locator("#photos [data-order-item]")).to_have_count(2)
    sources = hoa.page.locator("#photos img")
    first = sources.first.get_attribute("src")
    hoa.page.get_by_role("group", name="Ảnh 2").get_by_role("button", name="Đưa ảnh lên").click()
    hoa.page.locator("summary", has_text="Video").click()
    hoa.page.get_by_label("Ngày mùa").check()
    hoa.presses("Lưu")
    expect(sources.nth(1)).to_have_attribute("src", first or "")
    expect(hoa.page.get_by_label("Ngày mùa")).to_be_checked()


def test_what_is_chosen_before_the_page_is_ready_comes_in_too(meet: Meet) -> None:
    tho = begin(meet, "Tho", "Hợp tác xã Hoa Gạo")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tho.page.route(re.compile(r"/compose/upload[^/]*\.js"), hold)
    tho.page.goto(f"{tho.page.url.rstrip('/')}/media", wait_until="commit")
    tho.page.locator("[data-upload-files]").set_input_files(picture("do.jpg", "red"))
    while not held:
        tho.page.wait_for_timeout(20)
    held[0].continue_()
    expect(tho.page.locator("#pictures li")).to_have_count(1)


def test_the_library_is_for_everybody(meet: Meet) -> None:
    """The rules of axe-core, in light and dark, at a desk and on a telephone."""
    ha = begin(meet, "Ha", "Hợp tác xã Hà Giang")
    ha.follows("Thư viện")
    library = ha.page.url
    ha.page.locator("[data-upload-files]").set_input_files([picture("do.jpg", "red"), picture("xanh.jpg", "blue")])
    expect(ha.page.locator("#pictures li")).to_have_count(2)
    one = f"{ha.site.origin}{ha.page.locator('#pictures a').first.get_attribute('href')}"
    ha.page.get_by_text("Thêm video từ YouTube hoặc Vimeo").click()
    ha.fills({"address": "https://vimeo.com/123456789", "title": "Ngày mùa"})
    ha.presses("Thêm video")
    for address in (library, one, ha.page.url):
        for scheme, width in (("light", 1280), ("dark", 360)):
            ha.page.set_viewport_size({"width": width, "height": 800})
            ha.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            ha.opens(address)
            found = Axe().run(ha.page)
            assert found.violations_count == 0, f"{address} {scheme}: {found.generate_report()}"
            assert ha.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_without_a_script_the_library_is_a_form(meet: Meet) -> None:
    may = begin(meet, "May", "Lớp học Mây Trắng", has_scripts=False)
    may.follows("Thư viện")
    may.page.locator("[name=uploads]").set_input_files([picture("a.jpg", "red"), picture("b.jpg", "blue")])
    may.presses("Gửi")
    may.sees("a.jpg: đã nhận.", "b.jpg: đã nhận.")
    may.clicks(may.page.locator("#pictures a").first)
    may.page.locator("[name=focal][value='83,83']").check()
    may.presses("Lưu")
    may.sees("Đã lưu.")
    expect(may.page.locator("[data-focal] img")).to_have_attribute("class", "focal-x8 focal-y8")
