from loa.lib import html
from loa.lib.quotes import place

HOA = {"text": "Mùa này được.\nNăm sau gieo thêm.", "name": "Lê Thị Hoa", "role": "Giám đốc"}
NAM = {"text": "Tốt & rẻ < trước", "name": "Nam"}


def test_a_quote_stands_where_it_is_marked_and_the_rest_follows() -> None:
    body = place("<p>Đầu.</p><p>[trích 2]</p><p>Cuối.</p>", [HOA, NAM])
    assert body.index("Đầu") < body.index("Nam") < body.index("Cuối") < body.index("Lê Thị Hoa, Giám đốc")


def test_a_mark_used_twice_or_for_nothing_is_taken_out() -> None:
    body = place("<p>[Quote 1]</p><p>[trích 1]</p><p>[trích 7]</p><p>Hết.</p>", [HOA])
    assert body.count("Lê Thị Hoa") == 1
    assert "[" not in body


def test_words_are_escaped_and_the_markup_is_clean_already() -> None:
    body = place("", [HOA, NAM])
    assert "Tốt &amp; rẻ &lt; trước" in body
    assert html.clean(body) == body


def test_a_bracket_inside_a_sentence_is_a_sentence() -> None:
    assert place("<p>Xem [trích 1] ở trên.</p>", []) == "<p>Xem [trích 1] ở trên.</p>"
