"""Every payload on the clipboard, as any program and as Word puts it there: nothing runs in the editor."""

import re

import pytest
from playwright.sync_api import Browser

from loa.lib import html
from tests.browser.people import Meet, Site
from tests.browser.test_library import begin
from tests.browser.tripwire import tripwire
from tests.lib.test_hostile_markup import strange
from tests.payloads import PAYLOADS

pytestmark = pytest.mark.browser

TOGETHER = 120
PASTE = """(editor, markups) => {
  for (const markup of markups) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", markup);
    clipboardData.setData("text/plain", markup);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }
}"""


def test_nothing_that_is_pasted_runs(browser: Browser, meet: Meet, site: Site) -> None:
    """Without the policy: it would also tell of what stands in a document in which nothing runs, while it is read."""
    writer = begin(meet, "Dan", "Hợp tác xã Lúa Mạch")
    writer.presses("Viết thông cáo mới")
    writer.page.wait_for_url(re.compile(r"/desk/releases/\w+$"))
    with tripwire(browser, site.origin, has_policy=False) as wire:
        wire.context.add_cookies([{**one} for one in writer.page.context.cookies()])
        page = wire.page()
        page.goto(writer.page.url)
        editor = page.locator(".ProseMirror[contenteditable=true]")
        for at in range(0, len(PAYLOADS), TOGETHER):
            some = [one.markup for one in PAYLOADS[at : at + TOGETHER]]
            editor.click()
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.press("Delete")
            editor.evaluate(PASTE, [*some, *(f"<p class=MsoNormal>{one}</p>" for one in some)])
            wire.look(page)
            kept = page.locator("[name=body_html]").input_value()
            assert "a" in kept
            wire.hits += strange(html.clean(kept))
    assert not wire.hits, "\n".join(sorted(set(wire.hits)))
