"""Word files: what is on the page is understood, what is not on it never appears, and what would harm is refused."""

import json
import re
import zipfile
from collections.abc import Callable
from hashlib import sha512
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from loa.lib import word
from tests.lib import make_words as made
from tests.lib.make_words import docx, field, link, p, part, picture, plain, r

CANARY = "Chim-hoàng-yến"
SECRET = '<w:style w:type="paragraph" w:styleId="Bimat"><w:name w:val="Bí mật"/><w:rPr><w:vanish/></w:rPr></w:style>'
COMMENT = f'<w:comment w:id="0" w:author="{CANARY}">{p(CANARY)}</w:comment>'
NOTE = '<w:footnote w:id="2">{}</w:footnote>'


def everything(found: word.Brought) -> str:
    return json.dumps(found.plain(), ensure_ascii=False)


def counts(found: word.Brought) -> dict[str, int]:
    return {str(one["what"]): int(one["count"]) for one in found.reported}


PICTURE = {"relations": {"i1": ("image", "media/a.png")}, "parts": {"word/media/a.png": made.png()}}


def test_the_parts_of_a_release_are_told_apart() -> None:
    found = word.read(
        docx(
            p("THÔNG CÁO BÁO CHÍ"),
            p("Sao Mai thu hoạch vụ lúa hữu cơ", style="Title"),
            p("Năm tấn mỗi héc-ta, không phân hóa học", style="Subtitle"),
            p(r("Đồng Tháp, ngày 28 tháng 11 năm 2026 – ", "<w:b/>"), made.LEAD),
            p(made.BODY, link("l1", "Xem bản đồ")),
            p("Từ ruộng đến bàn ăn", style="Heading1"),
            p("“Chúng tôi mất ba năm để đất trở lại như xưa”, ông Nguyễn Văn Hòa, Giám đốc Hợp tác xã, chia sẻ."),
            p(picture("i1", "Nông dân gặt lúa")),
            p("Xã viên gặt lúa ngày 20-11. Ảnh: Lê Minh", style="Caption"),
            p("Về Hợp tác xã Sao Mai", style="Heading1"),
            p("Thành lập năm 2011, Sao Mai có 120 hộ xã viên."),
            p("Liên hệ báo chí:"),
            p("Nguyễn Thị Lan"),
            p("lan@example.vn, 0277 000 0000"),
            p("- Hết -"),
            relations={"i1": ("image", "media/a.png"), "l1": ("hyperlink", "https://saomai.example/ban-do")},
            parts={"word/media/a.png": made.png()},
        ),
        "docx",
    )
    assert found.headline == "Sao Mai thu hoạch vụ lúa hữu cơ"
    assert found.subtitle == "Năm tấn mỗi héc-ta, không phân hóa học"
    assert found.dateline == "Đồng Tháp, ngày 28 tháng 11 năm 2026"
    assert found.lead == made.LEAD
    assert found.contact == "Nguyễn Thị Lan\nlan@example.vn, 0277 000 0000"
    assert found.boilerplate.endswith("Thành lập năm 2011, Sao Mai có 120 hộ xã viên.")
    assert found.quotes == [
        {
            "text": "Chúng tôi mất ba năm để đất trở lại như xưa", "name": "Nguyễn Văn Hòa",
            "role": "Giám đốc Hợp tác xã", "is_placed": True,
        }
    ]  # fmt: skip
    assert found.people == [{"name": "Nguyễn Văn Hòa", "role": "Giám đốc Hợp tác xã"}]
    assert found.images == [
        {
            "src": "/media/word-1",
            "alt": "Nông dân gặt lúa",
            "caption": "Xã viên gặt lúa ngày 20-11.",
            "credit": "Lê Minh",
        }
    ]
    assert found.pictures == (made.png(),)
    assert found.body_html.split("\n") == [
        f'<p>{made.BODY}<a href="https://saomai.example/ban-do" rel="nofollow noopener">Xem bản đồ</a></p>',
        "<h2>Từ ruộng đến bàn ăn</h2>",
        "<p>[trích 1]</p>",
        (
            '<figure><img src="/media/word-1" alt="Nông dân gặt lúa">'
            "<figcaption>Xã viên gặt lúa ngày 20-11.</figcaption></figure>"
        ),
    ]
    assert found.reported == []


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


def test_lists_headings_bold_and_tables_stay() -> None:
    document = Document()
    document.add_heading("Kết quả quý III", 0)
    document.add_paragraph(made.LEAD)
    document.add_heading("Doanh thu", 1)
    document.add_heading("Theo vùng", 2)
    line = document.add_paragraph("Tăng ")
    line.add_run("mười hai").bold = True
    line.add_run(" phần trăm").italic = True
    document.add_paragraph("Miền Bắc", style="List Bullet")
    document.add_paragraph("Miền Nam", style="List Bullet")
    document.add_paragraph("Trước hết", style="List Number")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Vùng"
    table.cell(1, 0).text = "Bắc"
    table.cell(1, 1).text = "12"
    found = word.read(made.saved(document), "docx")
    assert (found.headline, found.lead) == ("Kết quả quý III", made.LEAD)
    assert "<h2>Doanh thu</h2>\n<h3>Theo vùng</h3>" in found.body_html
    assert "<p>Tăng <strong>mười hai</strong><em> phần trăm</em></p>" in found.body_html
    assert "<ul><li>Miền Bắc</li><li>Miền Nam</li></ul>" in found.body_html
    assert "<ol><li>Trước hết</li></ol>" in found.body_html
    assert '<td colspan="2"><p>Vùng</p></td>' in found.body_html


def test_a_page_break_a_tab_and_a_soft_line_break_leave_nothing_odd() -> None:
    document = Document()
    document.add_paragraph("Tiêu đề ở dòng đầu")
    document.add_paragraph(made.LEAD)
    document.add_paragraph("Dòng một\nDòng hai\tcó cột").add_run().add_break(WD_BREAK.PAGE)
    found = word.read(made.saved(document), "docx")
    assert found.headline == "Tiêu đề ở dòng đầu"
    assert "<p>Dòng một<br>Dòng hai\tcó cột</p>" in found.body_html


def test_footnotes_stand_at_the_end_under_their_numbers() -> None:
    notes = part("footnotes", NOTE.format(p("Theo Tổng cục Thống kê.")))
    found = word.read(
        plain(p("Năm 2025", '<w:r><w:footnoteReference w:id="2"/></w:r>'), parts={"word/footnotes.xml": notes}), "docx"
    )
    assert found.body_html.endswith("<p>Năm 2025[1]</p>\n<p>[1] Theo Tổng cục Thống kê.</p>")
    assert counts(found) == {"notes": 1}


def test_a_link_may_lead_nowhere_but_the_web() -> None:
    relations = {
        "a": ("hyperlink", "javascript:alert(1)"), "b": ("hyperlink", "file:///etc/passwd"),
        "c": ("hyperlink", "mailto:lan@example.vn"),
    }  # fmt: skip
    found = word.read(
        plain(p(link("a", "một"), link("b", "hai"), link("c", "ba"), field('HYPERLINK "data:text/html,x"', "bốn")),
              relations=relations), "docx",
    )  # fmt: skip
    assert "javascript" not in found.body_html
    assert "file:" not in found.body_html
    assert "data:" not in found.body_html
    assert '<a href="mailto:lan@example.vn" rel="nofollow noopener">ba</a>' in found.body_html


def test_markup_typed_in_word_is_shown_as_it_was_typed() -> None:
    found = word.read(plain(p("<w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r>")), "docx")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found.body_html
    assert "<script" not in found.body_html


def test_a_style_map_in_the_file_changes_nothing() -> None:
    found = word.read(plain(parts={"mammoth/style-map": "p => script"}), "docx")
    assert made.BODY in found.body_html


def test_struck_letters_stay_and_are_reported() -> None:
    found = word.read(plain(p("Giá ", r("cũ", "<w:strike/>"), " mới")), "docx")
    assert "<p>Giá cũ mới</p>" in found.body_html
    assert counts(found) == {"struck": 1}


def test_a_text_box_of_new_word_is_read_once() -> None:
    box = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"
    found = word.read(
        plain(
            f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict><v:shape>'
            f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ), "docx",
    )  # fmt: skip
    assert found.body_html.count("Trong khung") == 1


@pytest.mark.parametrize(
    ("blocks", "name", "role", "is_placed"),
    [
        (["“Đất đã trở lại như ba mươi năm trước”, bà Trần Thu Hà, Chủ nhiệm, nói."], "Trần Thu Hà", "Chủ nhiệm", True),
        (["“The soil is what it was thirty years ago,” said Ha Tran, Chair of Sao Mai."], "Ha Tran",
         "Chair of Sao Mai", True),
        (["“Đất đã trở lại như ba mươi năm trước.”", "– Trần Thu Hà, Chủ nhiệm"], "Trần Thu Hà", "Chủ nhiệm", True),
        (["Ông Lê Văn Bình, Phó giám đốc, cho biết: “Vụ tới chúng tôi mở thêm mười héc-ta”."], "Lê Văn Bình",
         "Phó giám đốc", False),
    ],
)  # fmt: skip
def test_quotes_know_their_speaker(blocks: list[str], name: str, role: str, is_placed: bool) -> None:
    found = word.read(plain(*(p(block) for block in blocks)), "docx")
    (quote,) = found.quotes
    assert (quote["name"], quote["role"], quote["is_placed"]) == (name, role, is_placed)
    assert ("[trích 1]" in found.body_html) is is_placed
    assert (name in found.body_html) is not is_placed


@pytest.mark.parametrize(
    ("first", "dateline"),
    [
        ("(Hà Nội, 28/11/2026) – ", "Hà Nội, 28/11/2026"),
        ("HANOI, Vietnam, Nov. 28, 2026 /PRNewswire/ -- ", "HANOI, Vietnam, Nov. 28, 2026 /PRNewswire/"),
        ("TP. Hồ Chí Minh, ngày 3 tháng 2 năm 2026 - ", "TP. Hồ Chí Minh, ngày 3 tháng 2 năm 2026"),
        ("Bern, 7. Oktober 2026 – ", "Bern, 7. Oktober 2026"),
    ],
)
def test_the_dateline_is_taken_from_the_first_paragraph(first: str, dateline: str) -> None:
    found = word.read(docx(p("Tiêu đề", style="Title"), p(first + made.LEAD), p(made.BODY)), "docx")
    assert (found.dateline, found.lead) == (dateline, made.LEAD)


@pytest.mark.parametrize(
    ("lines", "contact"),
    [
        (["Media contact: Lan Nguyen, lan@example.vn", "###"], "Lan Nguyen, lan@example.vn"),
        (
            ["Mọi chi tiết xin vui lòng liên hệ:", "Phòng Truyền thông", "024 0000 0000"],
            "Phòng Truyền thông\n024 0000 0000",
        ),
        (["Thông tin liên hệ", "Bà Lan – lan@example.vn", "-Hết-"], "Bà Lan – lan@example.vn"),
    ],
)
def test_the_contact_and_marks_of_the_end_leave_the_body(lines: list[str], contact: str) -> None:
    found = word.read(plain(*(p(line) for line in lines)), "docx")
    assert found.contact == contact
    assert found.body_html == f"<p>{made.BODY}</p>"


def test_a_chapter_that_begins_with_about_is_no_boilerplate() -> None:
    found = word.read(plain(p("Về chất lượng lúa năm nay", style="Heading1"), p(made.BODY)), "docx")
    assert found.boilerplate == ""


def test_about_us_is_told_from_the_body() -> None:
    found = word.read(plain(p("About Sao Mai"), p("Sao Mai is a cooperative of 120 families.")), "docx")
    assert found.boilerplate == "About Sao Mai\n\nSao Mai is a cooperative of 120 families."


def test_the_same_picture_twice_and_a_picture_without_words() -> None:
    found = word.read(plain(p(picture("i1")), p(picture("i1", "Lần hai")), **PICTURE), "docx")
    assert [(one["src"], one["alt"]) for one in found.images] == [("/media/word-1", ""), ("/media/word-2", "Lần hai")]


def test_ten_pages_are_read_whole() -> None:
    found = word.read(made.ten_pages(), "docx")
    assert (len(found.pictures), found.body_html.count("<h2>"), found.body_html.count("<table>")) == (10, 10, 10)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"Xin ch\xc3\xa0o", "unreadable"),
    "nothing": (lambda: b"", "unreadable"),
    "half a file": (lambda: plain()[: len(plain()) // 2], "unreadable"),
    "Word of 2003, or a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old"),
    "another zip": (lambda: made.packed({"xl/workbook.xml": "<a/>"}), "unreadable"),
    "broken XML": (lambda: docx("<w:p>"), "unreadable"),
    "entities without end": (
        lambda: plain(parts={"word/document.xml": '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'}),
        "unreadable",
    ),
    "a part that unpacks to much": (lambda: plain(parts={"word/media/a.png": bytes(60_000_000)}), "too_large"),
    "many parts": (lambda: plain(parts={f"word/x{n}.xml": "<a/>" for n in range(2001)}), "too_large"),
    "a text of thirty megabytes": (lambda: plain(parts={"word/document.xml": made.noise(30_000_000)}), "too_large"),
    "twenty megabytes and one": (lambda: plain() + bytes(20_000_000), "too_large"),
    "tables in tables in tables": (lambda: docx(made.deep(600)), "too_large"),
    "a book": (lambda: plain(*(p(sha512(bytes([n % 251, n // 251])).hexdigest()) for n in range(2500))), "too_long"),
    "a size that lies": (made.lying_zip, "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_bombs_and_broken_files_are_refused(name: str) -> None:
    make, reason = REFUSED[name]
    with pytest.raises(word.NotAText) as refusal:
        word.read(make(), "docx")
    assert refusal.value.reason == reason


def test_a_file_under_a_password_is_refused() -> None:
    data = bytearray(plain())
    with zipfile.ZipFile(BytesIO(data)) as file:
        where = file.start_dir
    data[where + 8] |= 1
    with pytest.raises(word.NotAText) as refusal:
        word.read(bytes(data), "docx")
    assert refusal.value.reason == "locked"


MARKDOWN = f"""# Sao Mai thu hoạch vụ lúa hữu cơ

{made.LEAD}

{made.BODY} Xem [bản đồ](https://saomai.example/ban-do) <script>alert(1)</script>

## Kết quả

- Bắc: **12**
- Nam: 14

| Vùng | Tấn |
| --- | --- |
| Bắc | 12 |

![ảnh](https://elsewhere.example/a.png)
"""


def test_markdown_is_read_alike_and_its_markup_is_text() -> None:
    found = word.read(MARKDOWN.encode(), "md")
    assert (found.headline, found.lead) == ("Sao Mai thu hoạch vụ lúa hữu cơ", made.LEAD)
    assert '<a href="https://saomai.example/ban-do"' in found.body_html
    assert "<script" not in found.body_html
    assert "elsewhere.example" not in found.body_html
    assert "<li>Bắc: <strong>12</strong></li>" in found.body_html
    assert "<td>12</td>" in found.body_html


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_is_read_in_the_codes_of_windows(code: str) -> None:
    text = f"Tiêu đề\r\n\r\n{made.LEAD}\r\n\r\n{made.BODY} https://example.vn/a\r\n"
    found = word.read(text.encode(code), "txt")
    assert (found.headline, found.lead) == ("Tiêu đề", made.LEAD)
    assert f'<p>{made.BODY} <a href="https://example.vn/a" rel="nofollow noopener">https://example.vn/a</a></p>' == (
        found.body_html
    )


@pytest.mark.parametrize(("name", "form"), [("a.docx", "docx"), ("B.DOCX", "docx"), ("c.md", "md"), ("d.txt", "txt")])
def test_a_form_is_known_by_its_name(name: str, form: str) -> None:
    assert word.form_of(name) == form


@pytest.mark.parametrize(("name", "reason"), [("a.doc", "old"), ("a.pdf", "unknown"), ("a", "unknown")])
def test_other_forms_are_refused(name: str, reason: str) -> None:
    with pytest.raises(word.NotAText) as refusal:
        word.form_of(name)
    assert refusal.value.reason == reason


PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe srcdoc='<script>1'>",
    "<a href=javascript:alert(1)>a</a>", "<math><mtext></p><style><img src onerror=alert(1)>",
    "</p><script src=//x.example>",
    "<details open ontoggle=alert(1)>", "<body onload=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "[trích 1]",
    "<input autofocus onfocus=alert(1)>", "<object data=data:text/html,x>", "{{7*7}}", "<!--><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>", "\u202e<b onmouseover=alert(1)>", "<base href=//x.example>",
)  # fmt: skip
TARGETS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd", "//x.example/a", "\\\\x.example\\a", "blob:x", "ms-word:ofe|u|https://x.example",
)  # fmt: skip


@pytest.mark.parametrize("form", ["docx", "md", "txt"])
def test_nothing_that_runs_comes_in_through_a_file(form: str) -> None:
    relations = {f"l{n}": ("hyperlink", target if ":" in target else f"x:{target}") for n, target in enumerate(TARGETS)}
    links = [p(link(key, "chữ")) for key in relations]
    blocks = [p(r(payload)) for payload in PAYLOADS]
    lines = [*PAYLOADS, *(f"[chữ]({target})" for target in TARGETS), *(f"<a href='{one}'>x</a>" for one in TARGETS)]
    text = "\n\n".join(lines)
    found = word.read(plain(*blocks, *links, relations=relations) if form == "docx" else text.encode(), form)
    tags = set(re.findall(r"<(\w+)", found.body_html))
    assert tags <= {"p", "a", "br", "h2", "em", "strong"}, tags
    assert not re.findall(r"<[^>]*\son\w+=", found.body_html)
    targets = re.findall(r'href="([^"]*)"', found.body_html)
    assert all(target.startswith(("https://", "http://", "mailto:")) for target in targets), targets
