"""Markup becomes plain values, and plain values a document."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from loa.lib import pdf, pdf_shelf
from loa.lib.pdf_tree import pictures_in, tree

TEMPLATE = '#set document(title: "x")\n#set text(font: "Source Serif 4", lang: "vi")\n#json("data.json").words'


def paper(tmp_path: Path, words: str, template: str = TEMPLATE) -> pdf.Paper:
    path = tmp_path / "t.typ"
    path.write_text(template, "utf-8")
    return pdf.Paper(template=path, data={"words": words}, made_at=datetime(2026, 11, 24, tzinfo=UTC))


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    order = paper(tmp_path, "Nghị quyết số 57 #panic() Ελληνικά Кириллица")
    assert pdf.typeset(order) == pdf.typeset(order)


def test_a_template_sees_nothing_outside_its_folder(tmp_path: Path) -> None:
    with pytest.raises(pdf.NotTypeset):
        pdf.typeset(paper(tmp_path, "x", '#read("/etc/passwd")'))


def test_a_text_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 1)
    with pytest.raises(pdf.NotTypeset) as caught:
        pdf.typeset(paper(tmp_path, "x", "#for i in range(9000000) { for j in range(9000000) { let n = i * j } }"))
    assert caught.value.is_busy


def test_a_full_shelf_drops_its_oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_shelf, "MOST", 10)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for number in range(10):
        (shelf / f"old.{number}.pdf").touch()
    pdf_shelf.kept(shelf, "new", paper(tmp_path, "x"))
    assert len(list(shelf.iterdir())) == 10
    pdf_shelf.forget(shelf, "old")
    assert [path.name.split(".")[0] for path in shelf.iterdir()] == ["new"]


@pytest.mark.parametrize(
    ("text", "may"),
    [("Đồng Tháp", True), ("Кириллица", True), ("日本語の文章です", False), ("مرحبا بالعالم", False), ("2026!", True),
     ("Đồng Tháp gặp Nhật (日本) hôm qua", True)],
)  # fmt: skip
def test_it_knows_which_scripts_the_fonts_have(text: str, may: bool) -> None:
    assert pdf.may_be_set(text) is may


def test_markup_becomes_blocks_of_plain_values() -> None:
    assert tree("lời <strong>đậm</strong><p>đoạn  hai<br></p>") == [
        {"t": "p", "c": ["lời ", {"t": "strong", "c": ["đậm"]}]},
        {"t": "p", "c": ["đoạn hai", {"t": "br", "src": "", "alt": ""}]},
    ]


def test_items_hold_blocks_and_lists_count_from_where_they_start() -> None:
    (found,) = tree('<ol start="3"><li>một<ul><li>hai</li></ul></li></ol>')
    assert isinstance(found, dict)
    assert found["start"] == 3
    assert [block["t"] for block in found["c"][0]["c"]] == ["p", "ul"]


def test_cells_that_span_too_far_are_cut_to_the_grid() -> None:
    (found,) = tree('<table><tr><td rowspan="9">a</td><td colspan="99">b</td></tr><tr><td>c</td></tr></table>')
    assert isinstance(found, dict)
    places = [(cell["x"], cell["y"], cell["across"], cell["down"]) for cell in found["cells"]]
    assert places == [(0, 0, 1, 2), (1, 0, 15, 1), (1, 1, 1, 1)]


def test_what_is_nested_too_deep_keeps_its_words() -> None:
    deep = tree("<blockquote>" * 50 + "<p>lời</p>" + "</blockquote>" * 50)
    assert "lời" in str(deep)


def test_pictures_are_found_wherever_they_stand() -> None:
    markup = (
        '<figure><img src="/media/a.webp" alt="x"></figure><table><tr><td><img src="/media/b.webp"></td></tr></table>'
    )
    assert [one["src"] for one in pictures_in(tree(markup))] == ["/media/a.webp", "/media/b.webp"]


def test_a_link_longer_than_any_paper_shows_leaves_its_words() -> None:
    [paragraph] = tree(f'<p><a href="/r/{"a" * 9000}">lời</a></p>')
    assert paragraph == {"t": "p", "c": [{"t": "a", "c": ["lời"], "to": ""}]}
