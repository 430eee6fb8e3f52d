"""A product launch told whole: album, film, people and their words, three places, two languages, two senders; and read
by a stranger on a telephone, in the dark, on paper and without scripts."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.people import Meet, Person, Site, link_in, path_of

pytestmark = pytest.mark.browser

SENDER, PARTNER = "Xưởng gốm Lam Sơn", "Nhà máy men Bát Âm"
HEADLINE = "Lam Sơn và Bát Âm ra mắt bộ gốm men rêu ở ba thành phố"
ENGLISH = "Lam Son and Bat Am launch moss-glaze ceramics in three cities"
BODY = "Bộ gốm men rêu gồm mười hai món, nung bằng lò điện, đến tay khách từ tháng Mười hai. [trích 1]"
CONTACT = "Phạm Thu, thu@lamson.example"
SAID = (
    ("Trần Lam", "Tôi mất sáu năm để màu men không bạc đi sau khi rửa."),
    ("Đỗ Bát", "Men này không có chì, và chúng tôi đưa phiếu đo cho ai hỏi."),
    ("Trần Lam", "Bốn trăm bộ đầu tiên được đánh số."),
)
VENUES = ("Nhà trưng bày Lam Sơn; ; Thanh Hóa", "Hội quán Phố Cổ; ; Hà Nội", "Kho Bến Nghé; ; Thành phố Hồ Chí Minh")
COLOURS = ("#4d6b4a", "#7a8f5a", "#c2b280", "#355e57")


def picture(number: int) -> FilePayload:
    """A drawn bowl, as a file field takes it."""
    drawn = Image.new("RGB", (1600, 1067), COLOURS[number])
    pen = ImageDraw.Draw(drawn)
    pen.pieslice((400, 150, 1200, 950), 0, 180, fill=COLOURS[(number + 1) % 4])
    pen.rectangle((640, 940, 960, 980), fill=COLOURS[(number + 2) % 4])
    out = io.BytesIO()
    drawn.save(out, "JPEG")
    return {"name": f"gom-{number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def let_out(person: Person, operator: Person, organization: str) -> None:
    """An organization of one's own, and a first release that the desk lets out: from now on it publishes by itself."""
    person.opens("/accounts/signup/")
    person.signs_up()
    person.signs_in()
    person.founds(organization)
    person.begins()
    headline = f"{organization} có trang trên cổng"
    person.fills({"headline": headline, "contact": CONTACT})
    person.writes(f"{organization} kể chuyện nghề của mình ở đây từ hôm nay.")
    person.chooses({"section": "Làng nghề"})
    person.presses("Lưu và gửi đăng")
    person.presses("Gửi biên tập viên")
    operator.opens("/moderation/")
    operator.follows(headline)
    operator.presses("Duyệt và đăng")
    person.opens("/desk/")
    person.follows(organization)


def add_people(author: Person) -> None:
    author.follows("Người phát ngôn")
    for name, role in (("Trần Lam", "Nghệ nhân"), ("Đỗ Bát", "Kỹ sư men")):
        author.fills({"name": name, "role": role, "role_en": "Master potter", "consent_note": "Thư ngày 1-11-2026"})
        author.page.locator("[name=has_agreed]").check()
        author.presses("Thêm")
        author.sees("Đã thêm.", name)
    author.follows(SENDER)


def fill_the_library(author: Person) -> None:
    """Four pictures at once, with words; and a film that stands elsewhere."""
    author.follows("Thư viện")
    author.page.locator("[data-upload-files]").set_input_files([picture(number) for number in range(4)])
    expect(author.page.locator("#pictures li")).to_have_count(4)
    for number in range(4):
        author.clicks(author.page.locator("#pictures a").nth(number))
        author.fills({"alt": f"Bát men rêu, kiểu {number + 1}", "credit": "Lam Sơn", "caption": "Ảnh chụp ở xưởng"})
        author.presses("Lưu")
        author.sees("Đã lưu.")
        author.follows("Thư viện")
    author.page.get_by_text("Thêm video từ YouTube hoặc Vimeo").click()
    author.fills({"address": "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "title": "Một mẻ nung"})
    author.presses("Thêm video")
    author.sees("Một mẻ nung")
    author.opens("/desk/")
    author.follows(SENDER)


def write_the_launch(author: Person) -> str:
    """Everything in one form; answers the address of the draft."""
    author.begins()
    author.fills({
        "headline": HEADLINE, "contact": CONTACT, "lead": "Bốn trăm bộ đầu tiên được đánh số, bán ở ba nơi một ngày.",
    })  # fmt: skip
    author.writes(BODY.partition(" [")[0])
    author.page.keyboard.press("Enter")
    author.page.keyboard.insert_text("[trích 1]")
    author.chooses({"section": "Làng nghề", "kind": "Sự kiện"})
    author.page.locator("summary", has_text="Chọn từ thư viện").click()
    for box in author.page.locator("[name=add]").all():
        box.check()
    author.page.locator("summary", has_text="Video").click()
    author.page.get_by_label("Một mẻ nung").check()
    author.page.locator("summary", has_text="Lời trích").click()
    quotes = author.page.locator("[data-rows=quotes]")
    for number, (name, words) in enumerate(SAID):
        if number:
            quotes.get_by_role("button", name="Thêm lời trích").click()
        author.fills({f"quotes-{number}-text": words})
        role = {"Trần Lam": "Nghệ nhân", "Đỗ Bát": "Kỹ sư men"}[name]
        author.page.locator(f"[name=quotes-{number}-person]").select_option(label=f"{name}, {role}")
    tell_when_and_where(author)
    author.presses("Lưu")
    author.sees("Đã lưu.")
    return path_of(author.page.url)


def tell_when_and_where(author: Person) -> None:
    event = author.page.locator("[data-kind=event]")
    event.get_by_label("Bắt đầu").fill("2037-03-05T09:00")
    event.get_by_label("Kết thúc").fill("2037-03-05T11:30")
    event.get_by_label("Dành cho ai").fill("Khách mua và báo chí")
    event.get_by_label("Thêm nhiều điểm cầu một lúc").fill("\n".join(VENUES))


def ask_the_partner(author: Person, partner: Person) -> None:
    """Named, asked by mail, answered by the button of the page the mail leads to."""
    author.follows("Cùng phát hành với tổ chức khác")
    author.fills({"q": "bat am"})
    author.presses("Tìm")
    author.presses("Mời cùng phát hành")
    author.sees("Đang chờ trả lời")
    partner.opens(link_in(partner.site.letter(partner.email, "mời cùng phát hành")))
    partner.sees(HEADLINE, SAID[0][1], "Hội quán Phố Cổ")
    partner.presses("Đồng ý cùng đứng tên")
    partner.sees("Đã ghi nhận: đồng ý.")


def publish(author: Person, draft: str) -> str:
    """Out on the author's own button; answers the address readers have."""
    author.opens(draft)
    author.presses("Lưu và gửi đăng")
    author.sees("lên trang ngay")
    author.presses("Cho đăng")
    author.sees("Đã đăng.")
    return path_of(author.page.get_by_role("link", name="Xem trang").get_attribute("href") or "")


def translate(author: Person) -> None:
    """The English text beside the original, published on its own."""
    author.page.locator("#translations-language").select_option("en")
    author.presses("Dịch")
    author.presses("Chép bản gốc vào mọi ô trống")
    author.fills({"headline": ENGLISH, "lead": "The first four hundred sets are numbered and on sale the same day."})
    author.presses("Lưu và đăng bản dịch")
    author.presses("Đăng ngay")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures of pages go; LOA_TEST_PICTURES names a folder for whoever wants to look at them."""
    folder = Path(os.environ.get("LOA_TEST_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def look(browser: Browser, site: Site, address: str, folder: Path, *, name: str, **context: object) -> Page:
    """A stranger's page, its picture kept; nothing hangs over the edge, nobody else is asked, nothing is stored."""
    made = browser.new_context(base_url=site.origin, locale="vi-VN", **context)  # type: ignore[arg-type]
    page = made.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    hanging = page.locator("html").evaluate("page => page.scrollWidth - page.clientWidth") if name != "plain" else 0
    assert hanging == 0, name
    assert all(url.startswith((site.origin, "data:")) for url in asked)
    assert not made.cookies()
    return page


def read_it(page: Page) -> None:
    """Everything that was told is there, in its order."""
    text = page.locator("article.sheet")
    for words in (HEADLINE, SENDER, PARTNER, "Hội quán Phố Cổ", "Kho Bến Nghé", "Khách mua và báo chí", "Một mẻ nung"):
        expect(text).to_contain_text(words)
    for name, words in SAID:
        expect(text.locator("figure", has_text=words).locator("figcaption")).to_contain_text(name)
    expect(text.get_by_alt_text("Bát men rêu")).to_have_count(4)


def test_a_launch_is_told_whole_and_read_by_a_stranger(
    meet: Meet, site: Site, browser: Browser, pictures: Path
) -> None:
    operator, thu, bat = meet("Lan", site.operator), meet("Thu"), meet("Bat")
    operator.signs_in()
    operator.makes_section("lang-nghe", "Làng nghề")
    let_out(bat, operator, PARTNER)
    let_out(thu, operator, SENDER)
    add_people(thu)
    fill_the_library(thu)
    draft = write_the_launch(thu)
    ask_the_partner(thu, bat)
    address = publish(thu, draft)
    translate(thu)
    phone = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
    read_it(look(browser, site, address, pictures, name="phone", **phone))
    read_it(look(browser, site, address, pictures, name="dark", color_scheme="dark", **phone))
    read_it(look(browser, site, address, pictures, name="plain", java_script_enabled=False))
    paper = look(browser, site, address, pictures, name="desk", viewport={"width": 1280, "height": 900})
    paper.emulate_media(media="print")
    expect(paper.locator(".masthead")).to_be_hidden()
    expect(paper.locator("article.sheet")).to_contain_text("Hội quán Phố Cổ")
    paper.pdf(path=pictures / "paper.pdf", format="A4")
    english = look(browser, site, address, pictures, name="first", viewport={"width": 1280, "height": 900})
    english.get_by_role("link", name="English", exact=True).first.click()
    expect(english.locator("h1")).to_have_text(ENGLISH)
    told = {
        "/o/xuong-gom-lam-son/people/tran-lam": SAID[2][1], "/o/xuong-gom-lam-son": SAID[1][1],
        "/o/nha-may-men-bat-am": HEADLINE, "/events": HEADLINE, "/search?q=hoi+quan+pho+co": address,
    }  # fmt: skip
    for place, words in told.items():
        thu.waits_for_page(place, words)
