"""Markup from people."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.lib import html


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ('<p style="color:red" class="x" id="y">a</p>', "<p>a</p>"),
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<b>a</b> <i>b</i>", "<strong>a</strong> <em>b</em>"),
        ('<img src="https://elsewhere.example/x.png">', ""),
        ('<img src="/media/../admin">', ""),
        ('<img src="/media/a.jpg" alt="a" onerror="x()">', '<img src="/media/a.jpg" alt="a">'),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="nofollow noopener">x</a>'),
        ('<a href="\xa0javascript:alert(1)">x</a>', '<a rel="nofollow noopener">x</a>'),
        ('<a href="&#x2028; javascript:alert(1)">x</a>', '<a rel="nofollow noopener">x</a>'),
        ("<p><select><p>a", "<p></p><p>a</p><p></p>"),
        ('<a href="//evil.example">x</a>', '<a rel="nofollow noopener">x</a>'),
        ('<a href="/\\evil.example">x</a>', '<a rel="nofollow noopener">x</a>'),
        ('<a href="tel:+84">x</a>', '<a href="tel:+84" rel="nofollow noopener">x</a>'),
        ("<svg><p>x</p></svg>", "<p>x</p>"),
    ],
)
def test_it_keeps_only_what_is_allowed(dirty: str, cleaned: str) -> None:
    assert html.clean(dirty) == cleaned


def test_cleaning_twice_changes_nothing() -> None:
    once = html.clean('<h2>Tựa</h2><p>a<br>b <a href="https://a.example/?x=1&y=2">l</a></p><table><tr><td>1</table>')
    assert html.clean(once) == once


def test_plain_text_keeps_the_breaks_between_blocks() -> None:
    assert html.to_text("<p>a &amp; b<br>c</p><ul><li>x</li><li>y</li></ul>") == "a & b\nc\n\nx\n\ny"


PIECES = [
    "<p>",
    "</p>",
    "<br>",
    "</br>",
    "<td>",
    '<a href="/x">',
    "</a>",
    "&amp;",
    "&lt;p&gt;",
    "&nbsp",
    " ",
    "\n",
    "\t",
]


@given(st.lists(st.sampled_from([*PIECES, "a", "b c", "<", "<i", "\xa0", '"', ">", "<script>", "<!-- x -->"])))
def test_the_quick_way_to_text_finds_what_a_parser_finds(pieces: list[str]) -> None:
    markup = "".join(pieces)
    quick = html._pieces_of_own(markup)
    assert not quick or "".join(quick) == "".join(html._pieces_of_any(markup))


@given(st.lists(st.sampled_from([*PIECES, "<p>", "</p>", "<br>", "\n", "a", "b c", "\xa0", "\u2003", "<!-- x -->"])))
def test_a_text_of_paragraphs_reads_as_any_other(pieces: list[str]) -> None:
    markup = "".join(pieces)
    quick = html._text_of_paragraphs(markup)
    assert quick is None or quick == html.to_text(f"{markup}<em></em>")


def test_it_cuts_between_words() -> None:
    assert html.shorten("một hai ba bốn", 9) == "một hai…"
    assert html.shorten("ngắn", 9) == "ngắn"


def test_plain_text_becomes_paragraphs_with_visible_links() -> None:
    made = html.from_text("Xin <chào> https://a.example/b?x=1&y=2.\nvà\n\nHai")
    assert made == (
        '<p>Xin &lt;chào&gt; <a href="https://a.example/b?x=1&amp;y=2" rel="nofollow noopener">'
        "https://a.example/b?x=1&amp;y=2</a>.<br>và</p>\n<p>Hai</p>"
    )


def test_what_is_typed_without_an_editor_is_parted_into_paragraphs() -> None:
    assert html.from_typed("Giá < 3 triệu\n\nHai") == "<p>Giá &lt; 3 triệu</p>\n<p>Hai</p>"
    assert html.from_typed("<P>Một</P>\n\n<p>Hai</p>") == "<p>Một</p>\n\n<p>Hai</p>"
    assert html.from_typed("Xin <b>chào</b><br/>") == "Xin <strong>chào</strong><br>"
    assert html.from_typed("") == ""


@pytest.mark.parametrize("inside", ["\t", "\n", "&#9;", "&#10;"])
def test_a_link_to_another_site_cannot_pose_as_one_of_ours(inside: str) -> None:
    assert "evil" not in html.clean(f'<a href="/{inside}/evil.example">x</a>')


@pytest.mark.parametrize(
    "bomb",
    [
        "<ul><li>" * 60_000,
        "<blockquote></x>" * 30_000,
        "<div><!--</div>-->" * 27_000,
        "<p>" + "".join(f"<b id={n}>" for n in range(400)) + "<p>x" * 20_000,
        "<p>" + "".join(f"<b id='<{n}'>" for n in range(400)) + "<p>x" * 20_000,
        "http://x" + ")" * 1_900_000,
        "<ul>" * 400_000,
    ],
    ids=["nested", "wrong ends", "ends in comments", "formatting", "formatting in quotes", "brackets", "long"],
)
def test_no_text_holds_a_worker_up(bomb: str) -> None:
    begun = time.process_time()
    cleaned = html.from_typed(bomb)
    assert time.process_time() - begun < 5
    assert len(cleaned) < 5_000_000


def test_too_long_a_text_is_shown_as_typed_however_often_it_is_cleaned() -> None:
    once = html.clean("<p>a & b</p>" * 50_000)
    assert "<" not in once
    assert html.clean(once) == once


def test_formatting_loses_its_attributes_and_not_its_meaning() -> None:
    assert html.clean('<p><b style="x">a</b> <u class="y">b</u></p>') == "<p><strong>a</strong> b</p>"


def test_only_web_addresses_may_stand_behind_a_source() -> None:
    assert html.is_web_address("https://nguon.example/tin?a=1")
    for wrong in (
        "",
        "javascript:alert(1)",
        "https://a b",
        "//evil.example",
        "data:text/html,x",
        "http://[",
        "http://℀.example",
    ):
        assert not html.is_web_address(wrong)


@given(st.text(max_size=80) | st.text(alphabet="ab <>&\"'\n\r\x0b\x85\xa0\u0301\u0338\u2028é;#/p", max_size=60))
def test_what_is_made_of_plain_text_is_clean(plain: str) -> None:
    made = html.from_text(plain)
    assert html.clean(made) == made
