"""Every kind of public page as a stranger's browser sees it: whom it asks, what it keeps, who can use it."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import Site

WATCHED_LONGER = ("home", "release", "newsroom", "search")  # until nothing was asked for half a second
NOTE = "addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective, e.blockedURI))"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def paths(site: Site) -> dict[str, str]:
    """The pages by name, each with something on it."""
    found: dict[str, str] = json.loads(site.beside("tests.browser.fill"))
    return found


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site.origin, permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script(NOTE)
    yield context
    context.close()


class Inline(HTMLParser):
    """What a strict policy would refuse, and what no page here may need."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/ld+json"):
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}>" for name in given if name == "style" or re.match(r"on[a-z]", name)]


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_everyone_can_use_it(
    browser: Browser, site: Site, paths: dict[str, str], scheme: Literal["light", "dark"], width: int
) -> None:
    """The rules of axe-core, none left out, on a telephone and on a wide screen."""
    screen = {"width": width, "height": 900}
    context = browser.new_context(base_url=site.origin, color_scheme=scheme, viewport=screen, reduced_motion="reduce")
    page = context.new_page()
    faults = []
    for name, path in paths.items():
        page.goto(path)
        faults += faults_of(page, name)
    page.goto(paths["release"])
    page.locator("details.qr summary").click()
    page.locator("a[data-view]").first.click()
    faults += faults_of(page, "picture opened")
    context.close()
    assert not faults, "\n".join(faults)


def faults_of(page: Page, where: str) -> list[str]:
    return [
        f"{where}: {fault['id']}: {node['html'][:200]} {(node.get('failureSummary') or '')[:200]}"
        for fault in Axe().run(page).response["violations"]
        for node in fault["nodes"][:2]
    ]


def test_no_page_asks_anybody_else_or_leaves_a_cookie(
    reader: BrowserContext, site: Site, paths: dict[str, str]
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    page = reader.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name, path in paths.items():
        answer = page.goto(path, wait_until="networkidle" if name in WATCHED_LONGER else "load")
        assert answer is not None
        assert answer.status == {"withdrawn": 410, "nothing there": 404}.get(name, 200), name
        assert "set-cookie" not in answer.headers, name
        assert Inline(answer.text()).found == [], name
        assert "unsafe" not in answer.headers["content-security-policy"], name
    assert {url for url in asked if not url.startswith((site.origin + "/", "data:"))} == set()
    assert reader.cookies() == []
    kept = [line for line in complaints if "the server responded with a status of 4" not in line]
    assert kept == []


def test_a_release_is_taken_along(reader: BrowserContext, site: Site, paths: dict[str, str]) -> None:
    page = reader.new_page()
    page.goto(paths["release"])
    more = (
        "<table><tr><th><p>Năm</p></th><th><p>Tấn</p></th></tr><tr><td><p>2025</p></td><td><p>310</p></td></tr></table>"
    )
    lists = "<ul><li><p>Một</p></li><li><p>Hai</p></li></ul><ol start=3><li>Ba</li><li>Bốn</li></ol>"
    page.locator(".sheet .prose").evaluate("(text, more) => text.insertAdjacentHTML('beforeend', more)", more + lists)
    page.get_by_role("button", name="Chép văn bản").click()
    expect(page.locator("[data-said]")).to_have_text("Đã chép")
    words = page.evaluate("navigator.clipboard.readText()")
    assert words.startswith("Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên\n")
    assert "\n\nNăm\tTấn\n2025\t310\n\n- Một\n- Hai\n\n3. Ba\n4. Bốn\n\n" in words
    assert words.endswith(f"Nguồn: Hợp tác xã Sao Mai, {site.origin}{paths['release']}")
    page.get_by_role("button", name="Chép kèm định dạng").click()
    expect(page.locator("[data-said]")).to_have_text("Đã chép")
    with page.expect_download() as zipped:
        page.get_by_role("link", name="Tải 3 ảnh kèm nguồn (ZIP)").click()
    assert zipped.value.suggested_filename.endswith("-anh.zip")
    pdf = page.get_by_role("link", name="Bản PDF").get_attribute("href")
    assert page.request.get(pdf or "").body().startswith(b"%PDF-")


def test_pictures_open_and_turn_by_keys_and_lead_back(reader: BrowserContext, paths: dict[str, str]) -> None:
    page = reader.new_page()
    page.goto(paths["release"])
    page.locator("a[data-view]").first.focus()
    page.keyboard.press("Enter")
    viewer = page.locator("dialog.viewer")
    expect(viewer).to_contain_text("1/3")
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("2/3 Cánh đồng, ảnh 2 · Nguồn ảnh: Sao Mai")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(viewer).to_contain_text("3/3")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.locator("a[data-view]").nth(2)).to_be_focused()


def test_a_release_is_read_aloud_by_a_voice_of_the_device(reader: BrowserContext, paths: dict[str, str]) -> None:
    """A stand-in for the device's voices: Chromium on a server has none, and then nothing is offered."""
    page = reader.new_page()
    page.goto(paths["release"])
    expect(page.locator(".listen")).to_be_hidden()
    page.add_init_script("""
        window.told = [];
        const voices = [{ lang: "vi-VN", localService: false }, { lang: "vi_VN", localService: true, name: "An" }];
        Object.defineProperty(window, "speechSynthesis", { value: {
          getVoices: () => voices, addEventListener() {}, speak: (said) => told.push(said),
          pause: () => told.push("pause"), resume: () => told.push("resume"), cancel: () => { told.length = 0; } } });
        window.SpeechSynthesisUtterance = class extends EventTarget {
          constructor(text) { super(); this.text = text; } };
    """)
    page.reload()
    page.get_by_role("button", name="Nghe bài").focus()
    page.keyboard.press("Enter")
    said = page.evaluate("told.map((one) => [one.text.trim(), one.voice.name])")
    assert said[0] == ["Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên", "An"]
    assert ["Vụ lúa cho năm tấn mỗi héc-ta.", "An"] in said
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Nghe tiếp").click()
    assert page.evaluate("told.slice(-2)") == ["pause", "resume"]
    page.get_by_role("button", name="Dừng", exact=True).click()
    expect(page.get_by_role("button", name="Nghe bài")).to_be_focused()


def test_without_scripts_pictures_are_links_and_nothing_is_offered_that_needs_one(
    browser: Browser, site: Site, paths: dict[str, str]
) -> None:
    context = browser.new_context(base_url=site.origin, java_script_enabled=False)
    page = context.new_page()
    page.goto(paths["release"])
    shown = page.locator(".tools button, .listen button, dialog").all()
    assert not any(one.is_visible() for one in shown)
    link = page.locator("a[data-view]").nth(1).get_attribute("href")
    assert page.request.get(link or "").headers["content-type"].startswith("image/")
    expect(page.locator("#licence")).to_have_text("Được đăng lại miễn phí, xin ghi nguồn.")
    context.close()


def test_on_paper_stands_the_text_and_nothing_of_the_site(reader: BrowserContext, paths: dict[str, str]) -> None:
    page = reader.new_page()
    page.goto(paths["release"])
    page.emulate_media(media="print")
    for gone in (".masthead", ".tools", "footer", ".breadcrumb", ".about"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone
    for there in (".sheet__headline", ".sheet .prose", ".imprint"):
        expect(page.locator(there)).to_be_visible()
    expect(page.locator(".imprint")).to_contain_text("SHA-256")
    address = page.evaluate("getComputedStyle(document.querySelector('.prose a'), '::after').content")
    assert "https://example.vn/lua" in address
