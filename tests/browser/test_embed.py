"""A page of another origin shows an organization's latest releases in a frame, and keeps nothing of ours."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.people import Meet, Site

pytestmark = pytest.mark.browser
HEADLINE = "Sao Mai mở kho lạnh cho nông sản"


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing of what it serves."""

    def log_message(self, *_said: Any) -> None:
        """Nothing."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder of a site of somebody else, and its origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def published(meet: Meet, site: Site) -> None:
    operator, an = meet("Lan", site.operator), meet("Uyen")
    operator.signs_in()
    operator.makes_section("nong-nghiep", "Nông nghiệp")
    an.opens("/accounts/signup/")
    an.signs_up()
    an.signs_in()
    an.founds("Hợp tác xã Kho Lạnh")
    an.begins()
    an.fills({"headline": HEADLINE, "lead": "Kho chứa 400 tấn.", "contact": "Uyên, 024 0000 0000"})
    an.pastes("Hợp tác xã vừa mở kho lạnh 400 tấn ở Đồng Tháp, giữ rau quả được sáu tuần mà không mất giá.")
    an.chooses({"section": "Nông nghiệp"})
    an.presses("Lưu và gửi đăng")
    an.sends()
    operator.opens("/moderation/")
    operator.follows(HEADLINE)
    operator.presses("Duyệt và đăng")


def test_another_site_frames_it_without_a_cookie(
    meet: Meet, site: Site, browser: Browser, elsewhere: tuple[Path, str]
) -> None:
    published(meet, site)
    folder, origin = elsewhere
    framed, own = f"{site.origin}/o/hop-tac-xa-kho-lanh/embed", f"{site.origin}/o/hop-tac-xa-kho-lanh"
    frames = f'<iframe id="in" src="{framed}" width="320" height="520"></iframe><iframe id="out" src="{own}"></iframe>'
    (folder / "index.html").write_text(f'<!doctype html><html lang="vi"><title>Trang khác</title>{frames}')
    context = browser.new_context(color_scheme="dark")
    page, asked = context.new_page(), list[Request]()
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 (a method of a list cannot be wrapped)
    page.goto(f"{origin}/index.html")
    shown = page.frame_locator("#in")
    expect(shown.get_by_role("link", name=HEADLINE)).to_be_visible()
    dark = shown.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert dark == "rgb(21, 20, 15)"
    assert shown.locator("html").evaluate("html => html.scrollWidth - innerWidth") <= 0
    expect(page.frame_locator("#out").get_by_text(HEADLINE)).to_have_count(0)  # the page itself is not to be framed
    assert context.cookies() == []
    assert {request.url.split("/")[2] for request in asked} <= {site.origin.split("/")[2], origin.split("/")[2]}
    assert not [request.url for request in asked if request.resource_type == "script" and "embed" in request.url]
    shown.get_by_role("link", name=HEADLINE).click()
    page.wait_for_url(f"{site.origin}/r/**")  # the link takes the whole window
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    context.close()
