"""Somebody who reads no Vietnamese gets from the front page to a draft without meeting any."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Meet, Person

pytestmark = pytest.mark.browser

# Letters no English word has; names of people and places may.
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def reads_english(person: Person) -> None:
    """The page is at an English address, says so, and keeps to it."""
    assert person.page.url.startswith(f"{person.site.origin}/en/"), person.page.url
    assert person.page.locator("html").get_attribute("lang") == "en"
    main = person.page.locator("main").inner_text()
    found = VIETNAMESE.search(main)
    assert found is None, main[max(0, found.start() - 60) : found.end() + 60]


def test_the_way_to_a_draft_is_in_english(meet: Meet) -> None:
    tom = meet("Tom")
    tom.opens("/en/")
    tom.clicks(tom.page.get_by_role("banner").get_by_role("link", name="Publish a release"))
    reads_english(tom)
    tom.fills({"headline": "Acme opens an office in Hue", "body_html": "The office opens on Monday morning."})
    tom.sends()
    reads_english(tom)
    tom.signs_up()
    reads_english(tom)
    expect(tom.page).to_have_url(f"{tom.site.origin}/en/desk/")
    reads_english(tom)
    tom.follows("Add an organization")
    tom.fills({"name": "Acme"})
    tom.sends()
    tom.sees("The office opens on Monday morning.")
    expect(tom.page.locator("[contenteditable=true]")).to_be_visible()
