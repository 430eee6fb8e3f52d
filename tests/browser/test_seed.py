"""The page the portal began with, pasted as a person would paste it, and read as its readers will."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.people import Meet, Site

SEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "seed-release.txt"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SEED.exists(), reason="the seed page is not beside the project"),
]


def parts() -> tuple[str, str, str, str]:
    """Headline, lead, body and source of the page, without what the old site put around them."""
    lines = [line.strip() for line in SEED.read_text("utf-8").splitlines()]
    source = next(n for n, line in enumerate(lines) if line.startswith("Một nguồn:"))
    headline = lines[0]
    told = [line for line in lines[:source] if line]
    told = told[len(told) - told[::-1].index(headline) :]
    return headline, told[0], "\n\n".join(told[1:]), lines[source].removeprefix("Một nguồn:").strip()


def test_the_seed_text_reads_as_it_was_pasted(meet: Meet, site: Site) -> None:
    headline, lead, body, source = parts()
    operator, an = meet("Lan", site.operator), meet("Oanh")
    operator.signs_in()
    operator.makes_section("chinh-tri", "Chính trị")
    an.opens("/accounts/signup/")
    an.signs_up()
    an.signs_in()
    an.founds("Câu lạc bộ Đối ngoại")
    an.begins()
    an.fills({"headline": headline, "lead": lead, "source_url": source, "contact": "Oanh, 024 0000 0000"})
    an.pastes(body)
    an.chooses({"section": "Chính trị"})
    an.presses("Lưu và xem trước")
    expect(an.bar).not_to_contain_text("Còn thiếu")
    an.sees("5 phút đọc", source)
    assert an.page.locator(".sheet .prose p").all_inner_texts() == body.split("\n\n")
    an.clicks(an.bar.get_by_role("link", name="Gửi đăng"))
    an.sends()
    operator.opens("/moderation/")
    operator.follows(headline)
    operator.presses("Duyệt và đăng")
    reader = meet("Dung")
    for words in ("57-KL/TW", "57 KL TW", "thong tin doi ngoai"):
        reader.waits_for_page(f"/search?q={words}", "/huy-dong-moi-nguon-luc")
    reader.opens("/search?q=57 KL TW")
    reader.follows(headline)
    reader.sees("5 phút đọc", lead, source, "Câu lạc bộ Đối ngoại, thông cáo báo chí")
    assert reader.page.locator(".sheet .prose p").all_inner_texts() == body.split("\n\n")
