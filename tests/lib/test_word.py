"""Word files, Markdown and plain text: what is on the page is understood."""

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from loa.lib import word
from tests.lib import make_words as made
from tests.lib.make_words import NOTE, counts, docx, link, p, part, picture, plain, r

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
