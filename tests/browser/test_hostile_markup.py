"""Each payload alone in a browser: as it was sent it runs, as we keep it nothing does."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route

from loa.lib import html
from tests.browser.tripwire import Tripwire, tripwire
from tests.payloads import PAYLOADS

pytestmark = pytest.mark.browser

ORIGIN = "https://loa.example"
# Twice for each: put into a page that stands, as our scripts do, and read with a page of their own, some at a time.
PUT = """async ([markups, together]) => {
  const found = [];
  const look = (root) => {
    for (const node of root.querySelectorAll("body *, div *")) for (const { name, value } of node.attributes) {
      if (/^on|^(id|name|class|style|srcdoc)$/.test(name)) found.push(`${name}=${value}`);
    }
  };
  const frames = [];
  for (let at = 0; at < markups.length; at += together) {
    const some = markups.slice(at, at + together);
    for (const markup of some) {
      const box = document.createElement("div");
      box.innerHTML = markup;
      look(box);
    }
    frames.push(new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.onload = () => { look(frame.contentDocument); frame.remove(); done(); };
      frame.srcdoc = `<!doctype html><body>${some.join("<p>")}`;
      document.body.append(frame);
    }));
    if (frames.length % 20 === 0) await Promise.all(frames);
  }
  await Promise.all(frames);
  return found;
}"""


def put(page: Page, markups: list[str], together: int) -> list[str]:
    """Put each into a box, and some into a frame, of an empty page; return attributes nobody may have."""
    found: list[str] = page.evaluate(PUT, [markups, together])
    page.wait_for_timeout(200)  # what waits for an error of a picture has had it
    return found


def empty(wire: Tripwire) -> Page:
    """Return an empty page of ours, which has every address of ours."""
    wire.context.route(re.compile(re.escape(ORIGIN)), answer)
    page = wire.page()
    page.goto(f"{ORIGIN}/")
    return page


def answer(route: Route) -> None:
    """Nothing but a page at the root."""
    is_page = route.request.url == f"{ORIGIN}/"
    route.fulfill(
        status=200 if is_page else 404, body="<!doctype html><title>a</title><body>", content_type="text/html"
    )


def test_the_wire_is_awake(browser: Browser) -> None:
    """As they were sent, many run in this browser: a wire that noticed none of them would prove nothing."""
    with tripwire(browser, ORIGIN) as wire:
        put(empty(wire), [one.markup for one in PAYLOADS if one.family in ("by itself", "spelling", "mutation")], 1)
        ran = {hit.rpartition(" ")[2] for hit in wire.hits if ": xss " in hit}
        asked = [hit for hit in wire.hits if ": asked " in hit]
    assert len(ran) > 50, len(ran)
    assert asked


def test_nothing_runs_in_what_we_keep(browser: Browser) -> None:
    with tripwire(browser, ORIGIN) as wire:
        page = empty(wire)
        for way in (html.clean, html.from_text):
            wire.hits += put(page, [way(one.markup) for one in PAYLOADS], 30)
    assert not wire.hits, "\n".join(wire.hits)
