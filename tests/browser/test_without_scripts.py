"""Everything a writer needs works where no script runs."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Meet

pytestmark = pytest.mark.browser


def test_a_release_is_written_without_a_script(meet: Meet) -> None:
    """The editor is a plain field then, and blank lines part paragraphs."""
    vy = meet("Vy", has_scripts=False)
    vy.opens("/latest")
    figures = vy.page.locator(".ticker").inner_text()
    assert all(words in figures for words in ("Dân số thế giới", "Sinh năm nay", "Mất năm nay", "tính tới"))
    vy.opens("/accounts/signup/")
    vy.signs_up()
    vy.signs_in()
    vy.founds("Lớp học Hoa Giấy")
    vy.begins()
    body = "Lớp học mở cửa sáng thứ Hai.\n\nHọc phí < 100.000 đồng."
    vy.fills({"headline": "Hoa Giấy khai giảng", "body_html": body})
    vy.presses("Lưu và xem trước")
    vy.bar.locator("summary").click()
    expect(vy.bar).to_contain_text("Hãy chọn chuyên mục.")
    paragraphs = vy.page.locator(".sheet .prose p").all_inner_texts()
    assert paragraphs == body.split("\n\n")
