"""Word files: what is not on the page never appears, and is reported."""

import json
from collections.abc import Callable

import pytest

from loa.lib import word
from tests.lib import make_words as made
from tests.lib.make_words import NOTE, counts, field, p, part, picture, plain, r

CANARY = "Chim-hoàng-yến"
SECRET = '<w:style w:type="paragraph" w:styleId="Bimat"><w:name w:val="Bí mật"/><w:rPr><w:vanish/></w:rPr></w:style>'
COMMENT = f'<w:comment w:id="0" w:author="{CANARY}">{p(CANARY)}</w:comment>'


def everything(found: word.Brought) -> str:
    return json.dumps(found.plain(), ensure_ascii=False)


# Each file hides the canary in another way; what is reported is named.
HIDDEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "a deletion": (
        lambda: plain(f'<w:p><w:del w:id="1"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del></w:p>'), "deleted"
    ),
    "a deletion that kept its text": (lambda: plain(f'<w:p><w:del w:id="1">{r(CANARY)}</w:del></w:p>'), "deleted"),
    "where a moved text was": (lambda: plain(f'<w:p><w:moveFrom w:id="1">{r(CANARY)}</w:moveFrom></w:p>'), "deleted"),
    "a deleted row": (
        lambda: plain(
            f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p(CANARY)}</w:tc></w:tr>'
            f"<w:tr><w:tc>{p('ở lại')}</w:tc></w:tr></w:tbl>"
        ), "deleted",
    ),
    "a comment": (
        lambda: plain(
            p(made.BODY, '<w:r><w:commentReference w:id="0"/></w:r>'),
            parts={"word/comments.xml": part("comments", COMMENT)},
            relations={"c": ("comments", "comments.xml")},
        ), "comments",
    ),
    "hidden text": (lambda: plain(p(made.BODY, r(CANARY, "<w:vanish/>"))), "hidden"),
    "hidden text in a link": (
        lambda: plain(
            p(f'<w:hyperlink r:id="l">{r(CANARY, "<w:vanish/>")}</w:hyperlink>', "chữ"),
            relations={"l": ("hyperlink", "https://example.vn/")},
        ), "hidden",
    ),
    "text a paragraph style hides": (
        lambda: plain(
            p(CANARY, style="Bimat"),
            styles=SECRET,
        ), "hidden",
    ),
    "text a style hides that is based on another": (
        lambda: plain(
            p(r(CANARY, '<w:rStyle w:val="Con"/>'), made.BODY),
            styles='<w:style w:type="character" w:styleId="Me"><w:name w:val="Mẹ"/><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Me"/></w:style>',
        ), "hidden",
    ),
    "white on white": (lambda: plain(p(made.BODY, r(CANARY, '<w:color w:val="FFFFFF"/>'))), "hidden"),
    "letters of one point": (lambda: plain(p(made.BODY, r(CANARY, '<w:sz w:val="2"/>'))), "hidden"),
    "a hidden row": (
        lambda: plain(
            f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p(CANARY)}</w:tc></w:tr>"
            f"<w:tr><w:tc>{p('thấy')}</w:tc></w:tr></w:tbl>"
        ), "hidden",
    ),
    "hidden text in a footnote": (
        lambda: plain(
            p(made.BODY, '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            parts={"word/footnotes.xml": part("footnotes", NOTE.format(p("Thấy", r(CANARY, "<w:vanish/>"))))},
        ), "hidden",
    ),
    "hidden text in a text box": (
        lambda: plain(
            "<w:p><w:r><mc:AlternateContent><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
            f"{p('Trong khung', r(CANARY, '<w:vanish/>'))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        ), "hidden",
    ),
    "a header": (
        lambda: plain(parts={"word/header1.xml": part("hdr", p(CANARY))}, relations={"h": ("header", "header1.xml")}),
        "headers",
    ),
    "a footer": (
        lambda: plain(parts={"word/footer2.xml": part("ftr", p(CANARY))}, relations={"h": ("footer", "footer2.xml")}),
        "headers",
    ),
    "a macro": (lambda: plain(parts={"word/vbaProject.bin": CANARY.encode()}), "macros"),
    "what a field asks for": (lambda: plain(p(field(f'INCLUDETEXT "{CANARY}"', "chữ thường"))), "fields"),
    "what a short field asks for": (
        lambda: plain(f'<w:p><w:fldSimple w:instr="DOCPROPERTY {CANARY}">{r("chữ thường")}</w:fldSimple></w:p>'),
        "fields",
    ),
    "a field cut in pieces": (
        lambda: plain(
            p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
              f'<w:r><w:instrText>AUTO {CANARY}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', "chữ")
        ), "fields",
    ),
    "a picture from elsewhere": (
        lambda: plain(p(picture("i1", how="link")), relations={"i1": ("image", f"https://{CANARY}.example/a.png")}),
        "external",
    ),
    "a picture embedded from elsewhere": (
        lambda: plain(p(picture("i1")), relations={"i1": ("image", f"file:///{CANARY}.png")}), "external"
    ),
    "a template from elsewhere": (
        lambda: plain(
            parts={
                "word/_rels/settings.xml.rels": "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                f'relationships"><Relationship Id="t" Type="{made.RELATION}attachedTemplate" '
                f'Target="https://{CANARY}.example/t.dotm" TargetMode="External"/></Relationships>'
            }
        ), "external",
    ),
    "an embedded object": (lambda: plain(f"<w:p><w:r><w:object>{p(CANARY)}</w:object></w:r></w:p>"), "objects"),
    "a page of another program": (
        lambda: plain('<w:altChunk r:id="x"/>', parts={"word/afchunk.htm": f"<p>{CANARY}</p>"},
                      relations={"x": ("aFChunk", "afchunk.htm")}), "foreign",
    ),
    "a formula": (lambda: plain(f"<w:p><m:oMath><m:r><m:t>{CANARY}</m:t></m:r></m:oMath>{r('chữ')}</w:p>"), "formulas"),
    "a place to fill in": (
        lambda: plain(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(CANARY)}</w:sdtContent></w:sdt>"),
        "placeholders",
    ),
    "a table of contents": (lambda: plain(p(CANARY, style="TOC1")), "contents"),
    "a chart": (
        lambda: plain(
            '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/'
            f'2006/chart"><a:t>{CANARY}</a:t></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
        ), "charts",
    ),
    "a drawing no browser shows": (
        lambda: plain(p(picture("i1", CANARY)), relations={"i1": ("image", "media/a.emf")},
                      parts={"word/media/a.emf": CANARY.encode()}), "pictures",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_not_on_the_page_never_appears_and_is_reported(name: str) -> None:
    make, what = HIDDEN[name]
    found = word.read(make(), "docx")
    assert CANARY not in everything(found)
    assert CANARY.encode() not in b"".join(found.pictures)
    assert counts(found).get(what) == 1, counts(found)
    assert made.BODY in found.body_html


def test_properties_of_the_file_and_parts_nobody_named_are_never_read() -> None:
    author = f"<cp xmlns='a'>{CANARY}</cp>"
    found = word.read(plain(parts={"docProps/core.xml": author, "customXml/item1.xml": author}), "docx")
    assert CANARY not in everything(found)


def test_insertions_stay_and_a_deleted_end_of_paragraph_joins_two() -> None:
    mark = '<w:rPr><w:del w:id="3"/></w:rPr>'
    found = word.read(
        plain(
            f'<w:p><w:ins w:id="1">{r("Chữ thêm vào")}</w:ins></w:p>',
            p("Nửa đầu ", properties=mark), p("nửa sau."),
            f'<w:p><w:moveTo w:id="2">{r("Chữ dời tới")}</w:moveTo></w:p>',
        ), "docx",
    )  # fmt: skip
    assert "<p>Chữ thêm vào</p>\n<p>Nửa đầu nửa sau.</p>\n<p>Chữ dời tới</p>" in found.body_html
    assert counts(found) == {"inserted": 1}


def test_white_letters_on_a_dark_ground_are_on_the_page() -> None:
    white = r("Tiêu đề bảng", '<w:color w:val="FFFFFF"/>')
    shade = '<w:shd w:val="clear" w:fill="1F3864"/>'
    found = word.read(plain(f"<w:tbl><w:tr><w:tc>{p(white)}</w:tc></w:tr></w:tbl>", p(white, properties=shade)), "docx")
    assert found.body_html.count("Tiêu đề bảng") == 2
    assert not found.reported


def test_what_a_style_hides_may_be_shown_again() -> None:
    found = word.read(plain(p(r("Lại thấy", '<w:vanish w:val="0"/>'), style="Bimat"), styles=SECRET), "docx")
    assert "Lại thấy" in found.body_html
