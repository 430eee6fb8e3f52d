"""Every payload in every field, brought in by every way, seen wherever it is shown: nothing runs."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import served
from tests.browser.people import Site
from tests.browser.tripwire import Tripwire, tripwire

SIGN = re.compile(r"xss\(|onerror|canary|javascript:", re.IGNORECASE)
MARK = re.compile(r"\[mark (\d+)\]")
# Chromium shows XML by markup of its own, which the policy of a feed does not let have its looks.
OF_THE_BROWSER = re.compile(r"(\.xml|\.atom|\.opml)\S*: policy style-src-elem inline")
RUN_BY_BROWSERS = ("text/html", "xml", "svg", "xhtml")

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Hostile:
    """A portal full of payloads; `pages` by who opens them, `texts` with the marks each shows."""

    site: Site
    people: dict[str, str]
    pages: dict[str, list[str]]
    texts: dict[str, list[str]]
    cookie: str

    def cookies(self, who: str) -> list[dict[str, str]]:
        """What the browser of a person brings."""
        if who not in self.people:
            return []
        return [{"name": self.cookie, "value": self.people[who], "url": self.site.origin}]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    with served(tmp_path_factory.mktemp("hostile")) as site:
        yield Hostile(site, **json.loads(site.beside("tests.browser.hostile")))


def look(wire: Tripwire, hostile: Hostile, who: str) -> tuple[int, dict[str, str]]:
    """Open every page that shows a payload; return how many, and what those of the texts say."""
    page, opened, words = wire.page(), 0, {}
    for path in dict.fromkeys(hostile.pages[who]):
        answer = wire.context.request.get(path, max_redirects=0)
        kind = answer.headers.get("content-type", "")
        assert answer.status < 500, f"{path}: {answer.status}"
        if not any(one in kind for one in RUN_BY_BROWSERS) or not SIGN.search(answer.text()):
            continue
        page.goto(path, wait_until="load")
        opened += 1
        if "html" in kind:
            wire.look(page, path)
        if path in hostile.texts:
            words[path] = page.locator("main").inner_text()
    return opened, words


@pytest.mark.parametrize("who", ["nobody", "an", "lan"])
def test_nothing_runs_wherever_it_is_shown(browser: Browser, hostile: Hostile, who: str) -> None:
    """Whatever would run without the policy is a report of it; and without payloads it has nothing to report either."""
    with tripwire(browser, hostile.site.origin) as wire:
        wire.context.add_cookies(hostile.cookies(who))
        opened, words = look(wire, hostile, who)
    hits = {hit for hit in wire.hits if not OF_THE_BROWSER.search(hit)}
    assert not hits, "\n".join(sorted(hits))
    assert opened > 20, opened
    if who == "nobody":
        assert set(words) == set(hostile.texts)
        lost = {path: set(hostile.texts[path]) - set(MARK.findall(said)) for path, said in words.items()}
        assert not any(lost.values()), lost
