"""The editor in the browser: how long it is, where links lead, pictures put into the text and taken out again."""

import re

import pytest
from playwright.sync_api import expect

from loa.compose.forms.editor import WORDS
from tests.browser.people import Meet, Person
from tests.browser.test_library import begin, picture

pytestmark = pytest.mark.browser

EDITOR = ".ProseMirror[contenteditable=true]"
SET = "(page, markup) => page.editor.commands.setContent(markup, { emitUpdate: true })"


def writing(meet: Meet, name: str, organization: str) -> Person:
    """Return somebody with an empty draft open."""
    writer = begin(meet, name, organization)
    writer.begins()
    return writer


def test_a_double_click_begins_one_draft(meet: Meet) -> None:
    writer = begin(meet, "Dien", "Hợp tác xã Dừa Đôi")
    writer.sees("Bấm “Viết thông cáo mới” hoặc chọn tệp Word")
    writer.page.get_by_role("button", name="Viết thông cáo mới").dblclick()
    writer.page.wait_for_url(re.compile(r"/desk/releases/\w+$"))
    writer.page.locator(".desk__path a").first.click()
    expect(writer.page.get_by_text("Chưa có tiêu đề")).to_have_count(1)


def test_it_says_how_long_the_headline_and_the_text_are(meet: Meet) -> None:
    writer = writing(meet, "Dem", "Hợp tác xã Dừa Xiêm")
    writer.fills({"headline": "Dừa xiêm vào vụ"})
    expect(writer.page.locator("[data-count-headline]")).to_have_text(
        "15 ký tự. Hiện trọn trong kết quả tìm kiếm và hộp thư."
    )
    writer.fills({"headline": "Hợp tác xã Dừa Xiêm thu hoạch vụ dừa đầu tiên theo chuẩn hữu cơ của châu Âu"})
    expect(writer.page.locator("[data-count-headline]")).to_contain_text("kết quả tìm kiếm cắt ở: “Hợp tác xã Dừa")
    writer.page.locator(EDITOR).evaluate(SET, "<p>" + "dừa " * 500 + "</p>")
    expect(writer.page.locator("[data-count-body]")).to_have_text("500 chữ, đọc khoảng 2 phút.")


def test_it_says_where_links_lead(meet: Meet) -> None:
    writer = writing(meet, "Dinh", "Hợp tác xã Dừa Sáp")
    markup = '<p><a href="http://khac.example/x">ngan-hang.example</a> <a href="https://vidu.example/">ở đây</a></p>'
    writer.page.locator(EDITOR).evaluate(SET, markup)
    links = writer.page.locator("[data-links]")
    expect(links.locator("summary")).to_have_text("Liên kết trong bài: 2")
    expect(links.locator("li").first).to_contain_text(
        "khac.example/x · không mã hóa (http), chữ hiện ra ghi một nơi khác"
    )
    expect(links.locator("li").last).to_have_text("ở đây → vidu.example")
    writer.page.locator(EDITOR).click()
    writer.page.keyboard.press("ControlOrMeta+a")
    writer.page.locator(".prose-menubar").get_by_title("Đặt đường dẫn").click()
    field = writer.page.locator("dialog input[name=href]")
    field.fill("http://khac.example/dai/lam")
    expect(writer.page.locator(".links__target")).to_have_text("Dẫn tới: khac.example · không mã hóa (http)")
    writer.page.keyboard.press("Escape")


def test_it_speaks_the_language_of_the_page(meet: Meet) -> None:
    writer = writing(meet, "Duong", "Hợp tác xã Dừa Lửa")
    menu = writer.page.locator(".prose-menubar").first
    expect(menu.get_by_title("Chữ đậm")).to_have_accessible_name("Chữ đậm")
    titles = menu.locator("[title]").evaluate_all("found => found.map((one) => one.title)")
    choices = menu.locator("p, h2, h3").all_text_contents()
    assert {*titles, *choices} - {""} <= {str(one) for one in WORDS.values()}
    writer.page.locator(EDITOR).click()
    menu.get_by_title("Chèn bảng").click()
    dialog = writer.page.locator("dialog")
    expect(dialog).to_contain_text("Hàng đầu là tên cột")
    dialog.locator("select").select_option(label="Có")
    dialog.get_by_role("button", name="Chèn bảng").click()
    expect(writer.page.locator(f"{EDITOR} th")).to_have_count(3)


def test_markdown_that_is_pasted_becomes_what_it_means(meet: Meet) -> None:
    writer = writing(meet, "Dao", "Hợp tác xã Dừa Bến")
    writer.pastes("## Vụ dừa\n\nChuẩn **hữu cơ**, xem [trang](https://vidu.example/a) <b>.\n\n- Một\n- Hai")
    editor = writer.page.locator(EDITOR)
    expect(editor.locator("h2")).to_have_text("Vụ dừa")
    expect(editor.locator("strong")).to_have_text("hữu cơ")
    expect(editor.locator("a")).to_have_attribute("href", "https://vidu.example/a")
    expect(editor.locator("ul li")).to_have_text(["Một", "Hai"])
    expect(editor).to_contain_text("<b>.")


def test_a_picture_is_put_into_the_text_and_a_removed_one_brought_back(meet: Meet) -> None:
    writer = writing(meet, "Duyen", "Hợp tác xã Dừa Nước")
    writer.page.locator("[data-upload] input[type=file]").set_input_files(picture("dua.jpg", "green"))
    card = writer.page.locator("[data-order-item]")
    card.locator("[name$=-alt]").fill("Vườn dừa")
    card.locator("[name$=-caption]").fill("Dừa vào vụ")
    card.locator("[name$=-credit]").fill("Dừa Nước")
    writer.writes("Một đoạn.")
    card.get_by_role("button", name="Đặt vào bài").click()
    figure = writer.page.locator(f"{EDITOR} figure")
    expect(figure.locator("img")).to_have_attribute("alt", "Vườn dừa")
    expect(figure.locator("figcaption")).to_have_text("Dừa vào vụ")
    writer.presses("Lưu")
    writer.sees("Đã lưu.")
    card.locator("[name$=-is_removed]").check()
    writer.presses("Lưu")
    writer.sees("Đã bỏ khỏi bài: Ảnh.")
    expect(card).to_have_count(0)
    writer.follows("Hoàn tác")
    writer.presses("Lấy lại phần này")
    writer.sees("Đã lấy lại.")
    expect(card.locator("[name$=-alt]")).to_have_value("Vườn dừa")


def test_a_picture_is_dragged_between_two_paragraphs(meet: Meet) -> None:
    writer = writing(meet, "Diem", "Hợp tác xã Dừa Cạn")
    writer.page.locator("[data-upload] input[type=file]").set_input_files(picture("dua.jpg", "green", (300, 200)))
    card = writer.page.locator("[data-order-item]")
    card.locator("[name$=-alt]").fill("Vườn dừa cạn")
    editor = writer.page.locator(EDITOR)
    editor.evaluate(SET, "<p>Đoạn đầu.</p><p>Đoạn cuối.</p>")
    first = editor.locator("p").first.bounding_box()
    assert first is not None
    card.locator("img").drag_to(editor, target_position={"x": 40, "y": first["height"] - 2})
    expect(editor.locator("figure img")).to_have_attribute("alt", "Vườn dừa cạn")
    assert editor.evaluate("node => [...node.children].map((one) => one.nodeName)")[:3] == ["P", "FIGURE", "P"]
    writer.page.keyboard.press("ControlOrMeta+z")
    expect(editor.locator("figure")).to_have_count(0)
    expect(card).to_have_count(1)
