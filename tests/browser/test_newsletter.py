"""A newsletter from the first pick to a reader's mail: by keyboard, looked at in both lights, tried, sent, left."""

import re
from email.message import EmailMessage
from html import unescape
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Meet, Person, Site, link_in, text_of

pytestmark = pytest.mark.browser

HEADLINES = ("Giấy dó Sông Đáy ra mắt sổ tay", "Sông Đáy nhận 40 thợ học nghề", "Sông Đáy mở cửa xưởng cho học sinh")
SUBJECT = "Giấy dó, bốn mươi thợ và một ngày mở cửa"
LINE = "Cổng xưởng mở từ bảy giờ sáng; nhớ mang theo một tờ giấy cũ."
PAPER = {"light": "rgb(252, 252, 250)", "dark": "rgb(21, 20, 15)"}
SIZES = ((360, 780), (768, 1024), (1280, 900))


def subscribe(reader: Person) -> None:
    reader.opens("/newsletter")
    reader.page.locator("main [name=email]").fill(reader.email)
    reader.page.wait_for_timeout(2500)  # nobody reads the page faster
    reader.page.locator("main").get_by_role("button", name="Đăng ký").click()
    reader.opens(link_in(reader.site.letter(reader.email, "Xác nhận đăng ký nhận tin")))
    reader.presses("Xác nhận")


def pick(editor: Person) -> None:
    """Three boxes, from what nobody has sent."""
    editor.opens("/operator/")
    editor.follows("Các số bản tin")
    editor.presses("Số mới bằng tiếng Việt")
    for headline in HEADLINES:
        editor.page.get_by_label(headline).check()
    editor.presses("Đưa vào số này")
    editor.fills({"subject": SUBJECT, "preheader": "Ba tin từ Sông Đáy"})


def order_by_keyboard(editor: Person) -> None:
    """The last headline first, with two presses of a button and no reload; the focus stays with it."""
    up = editor.page.get_by_role("button", name=f"Lên: {HEADLINES[2]}")
    items = editor.page.locator(".item__headline")
    before = items.all_inner_texts()
    assert sorted(before) == sorted(HEADLINES)
    for _ in range(before.index(HEADLINES[2])):
        up.press("Enter")
    expect(items.first).to_have_text(HEADLINES[2])
    first = editor.page.locator(".item").first
    assert first.evaluate("item => item.contains(document.activeElement)") or before[0] == HEADLINES[2]
    first.get_by_label("Lời của bạn thay đoạn mở đầu").fill(LINE)
    drag(editor, editor.page.locator(".item").nth(2), editor.page.locator(".item").nth(1))


def drag(editor: Person, item: Locator, over: Locator) -> None:
    """Pull an entry by its handle above another one, and see them change places."""
    name = item.locator(".item__headline").inner_text()
    item.locator("[data-order-handle]").hover()
    editor.page.mouse.down()
    box = over.bounding_box()
    assert box is not None
    editor.page.mouse.move(box["x"] + 20, box["y"] + 4, steps=8)
    editor.page.mouse.up()
    expect(editor.page.locator(".item__headline").nth(1)).to_have_text(name)


def look(editor: Person) -> None:
    """Every frame shows the stories on paper of its light, and none is wider than its telephone."""
    editor.presses("Lưu và xem trước")
    for kind, paper in (("Thư", ".paper"), ("Trang", "body")):
        editor.follows(kind)
        for name, light in (("nền sáng", "light"), ("nền tối", "dark")):
            frame = editor.page.frame_locator(f"iframe[title='Điện thoại, {name}']")
            expect(frame.locator("body")).to_contain_text(LINE)
            expect(frame.locator(paper).first).to_have_css("background-color", PAPER[light])
            assert frame.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth"), (kind, light)
    editor.follows("Chữ thuần")
    editor.sees(LINE)
    for width, height in SIZES:
        editor.page.set_viewport_size({"width": width, "height": height})
        assert editor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


def try_out(editor: Person) -> None:
    editor.presses(f"Gửi thử tới {editor.email}")
    letter = editor.site.letter(editor.email, f"[Thử] {SUBJECT}")
    assert LINE in text_of(letter)


def send(editor: Person) -> None:
    """Told how many, taken back once, sent; the figures move by themselves."""
    editor.follows("Gửi")
    editor.sees("1 người", SUBJECT)
    editor.presses("Gửi cho 1 người")
    editor.presses("Lấy lại")
    editor.sees("chưa thư nào được gửi đi")
    editor.presses("Lưu và gửi")
    editor.presses("Gửi cho 1 người")
    editor.sees("Đã hẹn giờ")
    editor.site.beside("tests.browser.news", "hurry")
    expect(editor.page.locator("[data-live]")).to_contain_text("Khớp tới người cuối cùng.")
    expect(editor.page.locator(".issue-state")).to_contain_text("Đã gửi")
    expect(editor.page.locator(".watch__figure")).to_contain_text("1 / 1")


def read(letter: EmailMessage, order: list[str]) -> None:
    """The mail as it arrived."""
    text = text_of(letter)
    places = [text.index(headline) for headline in order]
    assert places == sorted(places)
    assert letter["Subject"] == SUBJECT
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://127\.0\.0\.1:\d+/newsletter/leave/\S+>", letter["List-Unsubscribe"])
    assert re.fullmatch(r"GlobalVN <newsletter\.[\w.-]+>", letter["List-Id"])
    assert letter["Feedback-ID"].startswith("n1:")
    assert letter["Message-ID"]
    assert letter["Content-Language"] == "vi"
    assert len(letter.as_bytes()) <= 90_000


def scan(scanner: Person, letter: EmailMessage) -> None:
    """A machine opens every link three seconds after the mail came, and asks for its head too."""
    scanner.page.wait_for_timeout(3000)
    html = letter.get_body(("html",))
    assert html is not None
    words = text_of(letter) + unescape(str(html.get_content())) + letter["List-Unsubscribe"]
    links = re.findall(r"https?://[^\s\"'<>]+", words)
    for link in sorted({urlsplit(link).path for link in links if link.startswith(scanner.site.origin)}):
        for ask in (scanner.page.request.head, scanner.page.request.get):
            assert ask(link).ok, link


def test_an_issue_is_made_sent_read_and_left(meet: Meet, site: Site) -> None:
    lan, khanh = meet("Lan", site.operator), meet("Khánh", "khanh.ban.tin@example.vn")
    lan.signs_in()
    site.beside("tests.browser.news", "publish", *HEADLINES)
    subscribe(khanh)
    pick(lan)
    order_by_keyboard(lan)
    order = lan.page.locator(".item__headline").all_inner_texts()
    look(lan)
    try_out(lan)
    send(lan)
    letter = site.letter(khanh.email, SUBJECT)
    read(letter, order)
    scan(meet("Máy quét", has_scripts=False), letter)

    stranger = meet("Khách", has_scripts=False)
    stranger.opens("/")
    stranger.page.locator("#newsletter").get_by_role("link", name="Các số đã gửi").click()
    stranger.follows(SUBJECT)
    stranger.sees(LINE, *HEADLINES)
    for width, height in SIZES:
        stranger.page.set_viewport_size({"width": width, "height": height})
        assert stranger.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width

    khanh.opens(link_in(letter, "/newsletter/preferences/"))
    khanh.sees("Mọi tin trên GlobalVN")  # what the machine opened has ended nothing
    khanh.opens(letter["List-Unsubscribe"].strip("<>"))
    khanh.page.locator("main form button").first.click()
    khanh.sees("Bạn đã thôi nhận")
