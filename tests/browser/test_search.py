"""The search as people use it: on a telephone, by the keyboard, without scripts, and while its index is lost."""

import re
import shutil
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served
from tests.browser.people import Site

PHONE = {"width": 360, "height": 740}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal of its own with something in it, served."""
    with served(tmp_path_factory.mktemp("archive")) as site:
        site.beside("tests.browser.fill")
        yield site


@pytest.fixture
def page(browser: Browser, archive: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=archive.origin, locale="vi-VN", viewport=PHONE)  # type: ignore[arg-type]
    made = context.new_page()
    wait_until_found(made)
    yield made
    context.close()


def wait_until_found(page: Page, seconds: float = 300) -> None:
    """Ask until the worker has put everything into the index."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        page.goto(f"/search?q=sao+mai+-{time.monotonic_ns()}")  # an address nobody has kept an answer of
        if page.locator(".lines .line").count() and "dựng lại" not in page.locator("main, body").first.inner_text():
            return
        time.sleep(0.5)
    raise AssertionError("the index never came")


def test_on_a_telephone(page: Page) -> None:
    page.goto("/search")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    box.fill("lua huu co")
    page.get_by_role("button", name="Tìm", exact=True).last.click()
    expect(page.get_by_role("status")).to_contain_text("kết quả")
    expect(page.locator("mark").first).to_have_text(re.compile("lúa|hữu cơ", re.IGNORECASE))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.goto("/search?q=sao")
    page.get_by_role("link", name="Lọc kết quả").click()
    page.locator(".search__facets a").first.click()
    expect(page.locator(".search__chosen a")).to_have_count(1)
    page.locator(".search__chosen a").click()
    expect(page.locator(".search__chosen a")).to_have_count(0)
    faults = Axe().run(page).response["violations"]
    assert not faults, faults


def test_by_the_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.insert_text("Sao Mai m")  # key by key each list would take the place of one that is walked
    offered = page.get_by_role("option")
    expect(offered.filter(has_text="Sao Mai mời báo chí thăm đồng")).to_be_visible()
    for _ in range(offered.count()):
        page.keyboard.press("ArrowDown")
        chosen = page.locator("[role=option][aria-selected=true]")
        if "mời báo chí" in chosen.inner_text():
            break
    faults = Axe().run(page).response["violations"]
    assert not faults, faults
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sao Mai mời báo chí thăm đồng")
    page.go_back()
    box.fill("sao ma")
    expect(offered.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(offered.first).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=sao\+ma$"))


def test_without_scripts(browser: Browser, archive: Site, page: Page) -> None:
    context = browser.new_context(base_url=archive.origin, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/")
    plain.locator(".masthead__search input").fill("sao maii từ:hôm-qua")
    plain.locator(".masthead__search button").click()
    expect(plain.locator(".search__remark")).to_contain_text("“từ:hôm-qua” không phải là ngày")
    plain.locator(".search__meant a").click()
    plain.goto("/search?q=sao+mai")
    plain.get_by_role("link", name="Mới nhất").last.click()
    expect(plain).to_have_url(re.compile("sort=date"))
    assert plain.locator(".lines .line").count() > 1
    plain.locator(".search__help summary").click()
    expect(plain.locator(".search__help")).to_contain_text("đứng liền nhau")
    context.close()


def test_an_index_that_is_lost_is_told_and_comes_back(archive: Site, page: Page) -> None:
    with archive.resting_worker():
        shutil.rmtree(archive.home / "search")
        answer = page.goto("/search?q=sao")
        assert answer is not None
        assert answer.status == 200
        expect(page.locator("body")).to_contain_text("đang được dựng lại")
        expect(page.locator(".lines .line").first).to_contain_text("Sao Mai")
    wait_until_found(page)
