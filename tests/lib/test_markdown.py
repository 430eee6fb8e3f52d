"""Clean markup turned to Markdown says the same when a CommonMark reader turns it back."""

import pytest
from markdown_it import MarkdownIt

from loa.lib import markdown
from loa.lib.html import clean, to_text

READER = MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Mục tiêu</h2><p>Chữ <strong>đậm</strong>.</p>", "## Mục tiêu\n\nChữ **đậm**."),
        ("<p><em>nghiêng </em>thẳng</p>", "*nghiêng* thẳng"),
        ("<ul><li>một</li><li>hai</li></ul>", "- một\n- hai"),
        ('<ol start="3"><li>ba</li><li>bốn</li></ol>', "3. ba\n4. bốn"),
        ("<ul><li><p>một</p><ul><li>trong</li></ul></li></ul>", "- một\n\n  - trong"),
        ("<blockquote><p>Vâng.</p><cite>Lan</cite></blockquote>", "> Vâng.\n>\n> *Lan*"),
        ('<p><a href="/r/a">bài</a></p>', "[bài](https://x.vn/r/a)"),
        ('<p><a href="https://x.vn/a_(b)">bài</a></p>', "[bài](<https://x.vn/a_(b)>)"),
        ("<p>một<br>hai</p>", "một\\\nhai"),
        ("<p>một</p><hr><p>hai</p>", "một\n\n---\n\nhai"),
        (
            '<figure><img src="/media/a.webp" alt="Lúa"><figcaption>Chín</figcaption></figure>',
            "![Lúa](https://x.vn/media/a.webp)\n\nChín",
        ),
        (
            "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table>",
            "| a | b\\|c |\n| --- | --- |\n| 1 |  |",
        ),
        ("<p>Một<script>alert(1)</script></p>", "Một"),
        ("", ""),
    ],
)
def test_it_is_written_like_this(html: str, expected: str) -> None:
    assert markdown.from_html(html, "https://x.vn") == expected


@pytest.mark.parametrize(
    "words",
    [
        "1. Không phải danh sách", "# không phải tiêu đề", "- gạch", "+ cộng", "* sao", "> trích", "=== ", "--- ",
        "a * b * c", "_x_", "`mã`", "[x](y)", "![x](y)", "<b>đậm</b>", "&amp;", "\\*", "~~~", "| a | b |", "12) x",
        "https://x.vn/a_b_c", "Giá 2 < 3 & 4 > 1",
    ],
)  # fmt: skip
def test_words_mean_nothing_but_themselves(words: str) -> None:
    from html import escape

    html = clean(f"<p>{escape(words)}</p>")
    assert to_text(READER.render(markdown.from_html(html))).split() == words.split()


def test_a_whole_text_comes_back_the_same() -> None:
    html = clean(
        '<h2>Vụ lúa</h2><p>Năm <strong>tấn</strong>, <a href="https://x.vn/?a=1&amp;b=2">xem</a>.</p>'
        "<ul><li>một</li><li>hai</li></ul><blockquote><p>Vâng.</p><p>Đúng.</p></blockquote><ol><li>ba</li></ol>"
    )
    back = READER.render(markdown.from_html(html))
    assert to_text(clean(back)).split() == to_text(html).split()
    for tag in ("<h2>", "<strong>", "<ul>", "<blockquote>", "<ol>", 'href="https://x.vn/?a=1&amp;b=2"'):
        assert tag in back
