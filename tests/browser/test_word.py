"""A Word file in the browser: brought, looked over, mended, sent; dropped, pasted; with scripts and without."""

import re

import pytest
from playwright.sync_api import FilePayload, Route, expect

from tests.browser.people import Meet
from tests.browser.test_library import begin
from tests.lib import make_words as made
from tests.lib.make_words import docx, p, picture, r

pytestmark = pytest.mark.browser

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p class=MsoNormal><b>Đậm</b> và <span "
    "style='mso-hide:all;display:none'>Chim-hoàng-yến</span>thường<o:p></o:p></p><p class=MsoListParagraph "
    "style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·</span><![endif]>Miền Bắc</p>"
    "</body></html>"
)
GOOGLE = (
    "<b style='font-weight:normal' id='docs-internal-guid-1'><p><span style='font-weight:700'>Đậm</span> thường</p></b>"
)


def file() -> FilePayload:
    """Return a release with two pictures, a wrong weekday and hidden text."""
    data = docx(
        p("Sao Mai thu hoạch vụ lúa hữu cơ", style="Title"),
        p(made.LEAD),
        p("Lễ mừng cơm mới diễn ra thứ Hai, ngày 28/11/2026 ở sân hợp tác xã.", r("Chim-hoàng-yến", "<w:vanish/>")),
        p(picture("i1", "Nông dân gặt lúa")),
        p("Xã viên gặt lúa. Ảnh: Lê Minh", style="Caption"),
        f"<w:tbl><w:tr><w:tc>{p('Vùng')}</w:tc><w:tc>{p('Tấn')}</w:tc></w:tr></w:tbl>",
        p(picture("i2", "Kho lúa")),
        p("Kho lúa mới. Ảnh: Lê Minh", style="Caption"),
        p("Liên hệ báo chí: Nguyễn Thị Lan, lan@example.vn"),
        relations={"i1": ("image", "media/a.png"), "i2": ("image", "media/b.png")},
        parts={"word/media/a.png": made.png("green"), "word/media/b.png": made.png("red")},
    )
    return {"name": "thong-cao.docx", "mimeType": KIND, "buffer": data}


def test_a_file_becomes_a_release_that_is_mended_and_keeps_its_table(meet: Meet) -> None:
    writer = begin(meet, "Tam", "Hợp tác xã Lúa Thơm")
    writer.page.locator("[data-bring-file]").set_input_files(file())
    writer.page.wait_for_url(re.compile(r"/desk/releases/\w+$"))
    writer.sees("Đã đọc tệp vào bản nháp mới.")
    writer.sees("1 chỗ chữ ẩn: bỏ.")
    expect(writer.page.locator("[name=headline]")).to_have_value("Sao Mai thu hoạch vụ lúa hữu cơ")
    expect(writer.page.locator(".ProseMirror td").first).to_have_text("Vùng")
    expect(writer.page.locator(".ProseMirror figure img")).to_have_count(1)
    assert "Chim-hoàng-yến" not in writer.page.content()
    writer.page.get_by_role("button", name="Sửa thành “thứ Bảy”").click()
    writer.sees("Đã sửa.")
    saved = writer.page.locator("[name=body_html]").input_value()
    assert "thứ Bảy, ngày 28/11/2026" in saved
    assert "<td><p>Vùng</p></td>" in saved


def test_what_is_typed_is_looked_over_while_it_is_typed(meet: Meet) -> None:
    writer = begin(meet, "Tu", "Hợp tác xã Lúa Non")
    writer.presses("Viết thông cáo mới")
    expect(writer.page.locator("#preflight")).not_to_contain_text("Chỗ chưa điền")
    writer.page.locator("[name=lead]").fill("Hôm nay, [Tên công ty] khai trương.")
    expect(writer.page.locator("#preflight")).to_contain_text("Chỗ chưa điền: [Tên công ty]")
    expect(writer.page.locator("[data-preflight-count]")).to_have_text("1 chỗ nên xem lại")
    writer.page.locator(".finding summary").click()
    writer.page.locator(".finding input").fill("Đúng tên ấy")
    writer.page.get_by_role("button", name="Ghi lý do").click()
    writer.sees("Để nguyên, vì: Đúng tên ấy")
    expect(writer.page.locator("[name=lead]")).to_have_value("Hôm nay, [Tên công ty] khai trương.")


def test_what_was_typed_before_the_scripts_came_is_looked_over_though_the_first_answer_fails(meet: Meet) -> None:
    writer = begin(meet, "Tuc", "Hợp tác xã Lúa Vàng")
    held: list[Route] = []
    answers: list[str] = []

    def hold(route: Route) -> None:
        held.append(route)

    writer.page.route("**/compose/preflight*.js", hold)

    def answer(route: Route) -> None:
        answers.append(route.request.url)
        route.fulfill(status=503) if len(answers) == 1 else route.continue_()

    writer.page.route(re.compile(r"/desk/releases/\w+/preflight$"), answer)
    with writer.page.expect_request("**/compose/preflight*.js"):
        writer.page.get_by_role("button", name="Viết thông cáo mới").click(no_wait_after=True)
    writer.page.locator("[name=lead]").fill("Hôm nay, [Tên công ty] khai trương.")
    held.pop().continue_()
    expect(writer.page.locator("#preflight")).to_contain_text("Chỗ chưa điền: [Tên công ty]")
    assert len(answers) == 2
    assert "503" in writer.complaints.pop()


def test_a_file_dropped_onto_the_editor_is_read(meet: Meet) -> None:
    writer = begin(meet, "Thoa", "Hợp tác xã Lúa Rẫy")
    writer.presses("Viết thông cáo mới")
    text = f"# Tiêu đề kéo vào\n\n{made.LEAD}\n\n{made.BODY}\n"
    expect(writer.page.locator("[data-bring-button]")).to_be_hidden()  # the script that takes the file is there
    writer.page.locator(".ProseMirror[contenteditable=true]").evaluate(
        """(target, text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "bai.md", { type: "text/markdown" }));
          target.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )
    writer.sees("Đã đọc tệp vào bản nháp.")
    expect(writer.page.locator("[name=headline]")).to_have_value("Tiêu đề kéo vào")


def test_a_paste_from_word_or_google_docs_brings_no_rubbish(meet: Meet) -> None:
    writer = begin(meet, "Phuong", "Hợp tác xã Lúa Nương")
    writer.presses("Viết thông cáo mới")
    editor = writer.page.locator(".ProseMirror[contenteditable=true]")
    for markup, expected in (
        (WORD, "<p><strong>Đậm</strong> và thường</p><ul><li><p>Miền Bắc</p></li></ul>"),
        (GOOGLE, "<p><strong>Đậm</strong> thường</p>"),
    ):
        editor.click()
        writer.page.keyboard.press("ControlOrMeta+a")
        writer.page.keyboard.press("Delete")
        editor.evaluate(
            """(target, markup) => {
              const data = new DataTransfer();
              data.setData("text/html", markup);
              data.setData("text/plain", "x");
              const how = { clipboardData: data, bubbles: true, cancelable: true };
              target.dispatchEvent(new ClipboardEvent("paste", how));
            }""",
            markup,
        )
        expect(editor).not_to_contain_text("Chim-hoàng-yến")
        assert writer.page.locator("[name=body_html]").input_value() == expected


def test_without_scripts_a_button_beside_the_file_does_it(meet: Meet) -> None:
    writer = begin(meet, "Khong", "Hợp tác xã Lúa Chay", has_scripts=False)
    writer.page.locator("[name=brought]").set_input_files(file())
    writer.presses("Đọc tệp")
    writer.sees("Đã đọc tệp vào bản nháp mới.")
    writer.page.get_by_role("button", name="Sửa thành “thứ Bảy”").click()
    writer.sees("Đã sửa.")
    writer.page.locator("[name=brought]").set_input_files(file())
    writer.presses("Đọc tệp")
    writer.sees("Tệp này thay những gì?")
    writer.presses("Lấy phần đã chọn")
    writer.sees("Đã thay.")
