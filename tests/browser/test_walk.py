"""The whole way of a release in the browser: its author, the operator, a moderator, a subscriber and strangers."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.browser.people import Meet, Person, Site, link_in, path_of

pytestmark = pytest.mark.browser

SENDER = "Hợp tác xã Sao Mai Đồng Tháp"
FIRST = "Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên"
SECOND = "Sao Mai mở cửa hàng gạo ở Cần Thơ"
SECOND_CORRECTED = "Sao Mai mở cửa hàng gạo tại Cần Thơ"
BODY = "Hợp tác xã Sao Mai vừa thu hoạch vụ lúa hữu cơ đầu tiên trên cánh đồng Đồng Tháp."
CONTACT = "Nguyễn Thị Lan, lan@saomai.example"
WRONG = "Số liệu trong thông cáo không đúng."
FAKE = "Thông cáo này không do hợp tác xã phát hành."
FEEDS = ("/feed.xml", "/feed.atom", "/feed.json", "/sitemap.xml")
LISTS = ("/", "/latest", "/s/kinh-te", "/o/hop-tac-xa-sao-mai-dong-thap", *FEEDS)


def photograph() -> FilePayload:
    """A picture as a file field takes it."""
    file = BytesIO()
    Image.new("RGB", (1200, 675), (180, 150, 40)).save(file, "JPEG")
    return {"name": "lua.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def set_up_the_portal(operator: Person, moderator: Person) -> None:
    """A section, and a second person on the desk."""
    operator.signs_in()
    operator.makes_section("kinh-te", "Kinh tế")
    moderator.opens("/accounts/signup/")
    moderator.signs_up()
    operator.opens("/operator/staff")
    operator.fills({"email": moderator.email})
    operator.sends()
    operator.sees(moderator.email)
    moderator.signs_in()


def subscribe(reader: Person) -> None:
    """Double opt-in from the box under every page, with the choice to hear at once."""
    reader.opens("/")
    box = reader.page.locator("#newsletter")
    box.locator("[name=email]").fill(reader.email)
    reader.clicks(box.get_by_role("button"))
    reader.page.get_by_label("Ngay khi có tin").check()
    reader.page.wait_for_timeout(2500)  # nobody reads the page faster
    reader.page.locator("main").get_by_role("button", name="Đăng ký").click()
    reader.sees("Hãy xem hộp thư của bạn")
    reader.opens(link_in(reader.site.letter(reader.email, "Xác nhận đăng ký nhận tin")))
    reader.sees(reader.email)
    reader.presses("Xác nhận")
    reader.sees("Đã xác nhận")
    reader.follows("Chọn tin và nhịp gửi")
    reader.sees("Mọi tin trên")


def begin_before_signing_up(author: Person) -> None:
    """Write first, sign up after: the words are there once there is an organization."""
    author.opens("/compose/")
    author.fills({"headline": FIRST, "body_html": BODY})
    author.presses("Giữ lại và đăng ký")
    author.signs_up()
    author.signs_in()
    author.follows("Tạo tổ chức")
    author.fills({"name": SENDER, "website": "https://saomai.example", "profile": "Trồng lúa hữu cơ."})
    author.chooses({"kind": "Hợp tác xã", "city": "Đồng Tháp"})
    author.presses("Tạo tổ chức")


def finish_the_first(author: Person) -> None:
    """What is missing is said in sentences until nothing is."""
    author.sees("Hãy chọn chuyên mục.", "Hãy ghi người liên hệ báo chí.", BODY)
    author.does_not_see("Hãy viết tiêu đề.", "Hãy viết nội dung")
    author.writes(" Lúa đạt năm tấn mỗi héc-ta.")
    author.page.locator("[name=new-file]").set_input_files(photograph())
    author.fills({"lead": "Cánh đồng Đồng Tháp không dùng phân hoá học từ năm 2024."})
    author.presses("Lưu")
    author.sees("Mỗi ảnh cần một câu mô tả", "Mỗi ảnh cần ghi nguồn ảnh.", "Hãy chọn chuyên mục.")
    author.fills({"contact": CONTACT})
    picture = author.page.get_by_role("group", name="Ảnh 1")
    picture.get_by_label("Mô tả cho người không nhìn thấy ảnh").fill("Ruộng lúa chín")
    picture.get_by_label("Nguồn ảnh").fill("Sao Mai")
    author.chooses({"section": "Kinh tế"})
    author.fills({"place": "Tiền Giang"})
    author.presses("Lưu và xem trước")
    author.sees(FIRST, BODY, "Lúa đạt năm tấn", "Nguồn ảnh: Sao Mai")
    expect(author.bar).not_to_contain_text("Còn thiếu")


def submit_to_the_desk(author: Person) -> None:
    author.clicks(author.bar.get_by_role("link", name="Gửi đăng"))
    author.sees("biên tập viên xem trước")
    author.presses("Gửi biên tập viên")
    author.sees("Đã gửi; biên tập viên sẽ xem.")


def review(moderator: Person, author: Person) -> None:
    """Sent back once with a reason, mended, then let out."""
    moderator.opens("/moderation/")
    moderator.follows(FIRST)
    moderator.sees(BODY, CONTACT, "Nguồn ảnh: Sao Mai")
    moderator.fills({"reason": "Hãy ghi tên cánh đồng ở đầu bài."})
    moderator.presses("Gửi lại cho người viết")
    author.opens(link_in(author.site.letter(author.email, "cần sửa", holds="tên cánh đồng")))
    author.sees("Hãy ghi tên cánh đồng ở đầu bài.")
    author.fills({"dateline": "Đồng Tháp"})
    author.presses("Lưu và xem trước")
    submit_to_the_desk(author)
    moderator.opens("/moderation/")
    moderator.sees("Đã sửa theo lời: Hãy ghi tên cánh đồng")
    moderator.follows(FIRST)
    moderator.presses("Duyệt và đăng")
    moderator.sees("Đã đăng.")


def read(stranger: Person) -> str:
    """Found from the front page and by searching without marks; answers the address."""
    stranger.opens("/")
    stranger.follows(FIRST)
    stranger.sees("Kinh tế", SENDER, "phút đọc", "lượt xem", BODY, CONTACT, "Nguồn ảnh: Sao Mai", "phiên bản 1")
    address = path_of(stranger.page.url)
    assert stranger.page.get_by_alt_text("Ruộng lúa chín").evaluate("picture => picture.naturalWidth") > 0
    stranger.waits_for_page("/search?q=thu+hoach+vu+lua", address)  # the worker carries it there
    stranger.page.get_by_role("search").get_by_role("searchbox").fill("thu hoach vu lua")
    stranger.page.get_by_role("search").get_by_role("button").click()
    stranger.sees("kết quả", FIRST)  # other tests may publish about rice on the same portal
    for place in LISTS:
        assert address in stranger.fetches(place), place
    assert not stranger.page.context.cookies()
    return address


def publish_the_second(author: Person) -> None:
    """Four required fields, and out on the author's own button."""
    author.opens("/desk/")
    author.follows(SENDER)
    author.begins()
    author.fills({"headline": SECOND, "contact": CONTACT})
    author.writes("Cửa hàng bán gạo hữu cơ của hợp tác xã, mở cửa mỗi ngày từ bảy giờ.")
    author.chooses({"section": "Kinh tế"})
    author.presses("Lưu và gửi đăng")
    author.sees("lên trang ngay")
    author.presses("Cho đăng")
    author.sees("Đã đăng.")


def correct(author: Person) -> None:
    author.follows("Đính chính")
    author.fills({"headline": SECOND_CORRECTED, "reason": "Sửa một chữ ở tiêu đề", "note": "Nội dung không đổi."})
    author.presses("Đăng bản đính chính")
    author.sees("Đã đính chính; bản cũ vẫn được giữ.")


def withdraw(author: Person) -> None:
    author.opens("/desk/")
    author.follows(FIRST)
    author.follows("Rút")
    author.fills({"statement": WRONG})
    author.presses("Rút")
    author.sees("Đã rút thông cáo.")


def see_it_gone(stranger: Person, address: str, statement: str) -> None:
    stranger.opens(address, status=410)
    stranger.sees("Thông cáo đã được rút", statement)
    stranger.does_not_see(BODY)
    for place in LISTS:
        assert address not in stranger.fetches(place), place
    stranger.waits_for_page("/search?q=sao+mai", address.split("/")[2], is_there=False)


def hear_of_it_by_mail(subscriber: Person, address: str) -> None:
    """The digest leads to the release, and its own link leads out."""
    key = address.split("/")[2]
    letter = subscriber.site.letter(subscriber.email, "GlobalVN", holds=f"/r/{key}/")
    subscriber.opens(link_in(letter, f"/r/{key}/"))
    subscriber.sees(SECOND_CORRECTED)
    subscriber.opens(link_in(letter, "/newsletter/leave/"))
    subscriber.presses("Thôi nhận tất cả")
    subscriber.sees("Bạn đã thôi nhận")


def report_a_fake(reader: Person, address: str) -> None:
    reader.opens(address)
    reader.follows("Báo lỗi bài này")
    reader.fills({"reason": "Hợp tác xã không có cửa hàng nào."})
    reader.sends()
    reader.sees("Lời báo của bạn đã tới bàn biên tập.")


def take_it_from_readers(moderator: Person, author: Person) -> None:
    """The moderator's click; the author is told why."""
    moderator.opens("/moderation/")
    moderator.sees("Hợp tác xã không có cửa hàng nào.")
    moderator.follows("Rút bài")
    moderator.fills({"statement": FAKE})
    moderator.presses("Rút bài")
    moderator.sees("Đã rút bài.")
    moderator.presses("Đã xem")
    moderator.does_not_see("Hợp tác xã không có cửa hàng nào.")
    author.site.letter(author.email, "Đã rút", holds=FAKE)


def test_a_release_travels_from_its_author_to_its_readers(meet: Meet, site: Site) -> None:
    operator, mai, an, huong = meet("Lan", site.operator), meet("Mai"), meet("An"), meet("Huong")
    set_up_the_portal(operator, mai)
    subscribe(huong)
    begin_before_signing_up(an)
    finish_the_first(an)
    submit_to_the_desk(an)
    meet("Bình").opens("/latest")
    review(mai, an)
    first = read(meet("Bình"))
    publish_the_second(an)
    second = an.page.get_by_role("link", name="Xem trang").get_attribute("href") or ""
    correct(an)
    reader = meet("Dung")
    reader.opens(second)
    reader.sees(SECOND_CORRECTED, "phiên bản 2", "Sửa một chữ ở tiêu đề", "Nội dung không đổi.")
    withdraw(an)
    see_it_gone(meet("Bình"), first, WRONG)
    hear_of_it_by_mail(huong, second)
    report_a_fake(meet("Dung"), second)
    take_it_from_readers(mai, an)
    see_it_gone(meet("Bình"), second, FAKE)
