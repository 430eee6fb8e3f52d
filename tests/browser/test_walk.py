"""The whole way of a release in the browser: its author, the operator, a moderator, a subscriber and a stranger."""

from io import BytesIO

import pytest
from PIL import Image

from tests.browser.people import Meet, Person, Site

pytestmark = pytest.mark.browser

SENDER = "Hợp tác xã Sao Mai"
FIRST = "Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên"
BODY = "Hợp tác xã Sao Mai vừa thu hoạch vụ lúa hữu cơ đầu tiên trên cánh đồng Đồng Tháp."
CONTACT = "Nguyễn Thị Lan, lan@saomai.example"


def photograph() -> dict[str, object]:
    """A picture as a file field takes it."""
    file = BytesIO()
    Image.new("RGB", (1200, 675), (180, 150, 40)).save(file, "JPEG")
    return {"name": "lua.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def set_up_the_portal(operator: Person, moderator: Person) -> None:
    """Two sections, and a second person on the desk."""
    operator.signs_in()
    for slug, name in (("kinh-te", "Kinh tế"), ("van-hoa", "Văn hoá")):
        operator.opens("/operator/sections")
        operator.fills({"slug": slug, "name_vi": name})
        operator.page.locator("main form button[type=submit]").click()
        operator.sees(name)
    moderator.signs_up()
    operator.opens("/operator/staff")
    operator.fills({"email": moderator.email})
    operator.page.locator("main form button[type=submit]").click()
    operator.sees(moderator.email)


def found_an_organization(author: Person) -> None:
    author.follows("Tạo tổ chức")
    author.fills({"name": SENDER, "website": "https://saomai.example", "profile": "Trồng lúa hữu cơ."})
    author.chooses({"kind": "Hợp tác xã", "city": "Đồng Tháp"})
    author.presses("Tạo tổ chức")
    author.sees(SENDER, "Chưa có thông cáo nào.")


def write_the_first(author: Person) -> None:
    """What is missing is said in sentences until nothing is."""
    author.presses("Viết thông cáo mới")
    author.sees("Hãy viết tiêu đề.", "Hãy chọn chuyên mục.", "Hãy ghi người liên hệ báo chí.")
    author.fills({"headline": FIRST, "lead": "Vụ lúa cho năm tấn mỗi héc-ta."})
    author.writes(BODY)
    author.page.locator("[name=new-file]").set_input_files(photograph())
    author.presses("Lưu")
    author.sees("Mỗi ảnh cần một câu mô tả", "Mỗi ảnh cần ghi nguồn ảnh.", "Hãy chọn chuyên mục.")
    author.does_not_see("Hãy viết tiêu đề.", "Hãy viết nội dung")
    author.fills({"picture-0-alt": "Ruộng lúa chín", "picture-0-credit": "Sao Mai", "contact": CONTACT})
    author.chooses({"section": "Kinh tế", "place": "Đồng Tháp"})
    author.presses("Lưu và xem trước")
    author.sees(FIRST, BODY, "Nguồn ảnh: Sao Mai")
    author.does_not_see("Còn thiếu")


def test_a_release_travels_from_its_author_to_its_readers(meet: Meet, site: Site) -> None:
    operator, mai, an = meet("Lan", site.operator), meet("Mai"), meet("An")
    set_up_the_portal(operator, mai)
    an.signs_up()
    an.signs_in()
    found_an_organization(an)
    write_the_first(an)
    an.follows("Gửi đăng")
    an.sees("biên tập viên xem trước")
    an.presses("Gửi biên tập viên")
    an.sees("Đã gửi; biên tập viên sẽ xem.")
    stranger = meet("Bình")
    stranger.opens("/latest")
    stranger.does_not_see(FIRST)
    mai.signs_in()
    mai.opens("/moderation/")
    mai.follows(FIRST)
    mai.sees(BODY, CONTACT, "Nguồn ảnh: Sao Mai")
    mai.presses("Duyệt và đăng")
    mai.sees("Đã đăng.")
