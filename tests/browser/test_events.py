"""An event from its form to a stranger's telephone: only its own fields are asked, and it stands in the calendar."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Meet, Site

pytestmark = pytest.mark.browser

HEADLINE = "Ngày hội lúa mở cửa ở ba nơi"
SIZES = ((360, 780), (768, 1024), (1280, 900))


def test_an_event_is_asked_for_shown_and_found(meet: Meet, site: Site) -> None:
    lan, dao = meet("Lan", site.operator), meet("Diệp", "diep@example.vn")
    lan.signs_in()
    lan.makes_section("le-hoi", "Lễ hội")
    dao.opens("/accounts/signup/")
    dao.signs_up()
    dao.signs_in()
    dao.founds("Hội quán Lúa Vàng")
    dao.begins()
    product, event = (dao.page.locator(f"[data-kind={kind}]") for kind in ("product", "event"))
    expect(event).to_be_hidden()
    dao.chooses({"kind": "Sản phẩm"})
    dao.fills({"facts-product-name": "Gạo mới"})
    dao.chooses({"kind": "Sự kiện"})
    expect(product).to_be_hidden()
    dao.chooses({"kind": "Sản phẩm"})
    expect(product.locator("[name=facts-product-name]")).to_have_value("Gạo mới")  # a choice can be undone
    dao.chooses({"kind": "Sự kiện", "section": "Lễ hội"})
    dao.fills(
        {
            "headline": HEADLINE,
            "contact": "Diệp, diep@example.vn",
            "facts-event-starts_at": "2036-12-06T08:00",
            "facts-event-ends_at": "2036-12-06T11:30",
            "facts-event-registration_url": "https://luavang.example/dang-ky",
            "facts-event-many_venues": "Sân đình Lúa Vàng; thôn Đoài\nĐiểm cầu phía Bắc\nĐiểm cầu phía Nam",
        }
    )
    dao.writes("Hội quán Lúa Vàng mời bà con tới xem hạt lúa mới và ăn cơm chung giữa sân đình.")
    dao.presses("Lưu và gửi đăng")
    dao.presses("Gửi biên tập viên")
    lan.opens("/moderation/")
    lan.follows(HEADLINE)
    lan.sees("08:00", "11:30", "giờ Việt Nam (GMT+7)", "Sân đình Lúa Vàng")
    lan.presses("Duyệt và đăng")

    stranger = meet("Khách", has_scripts=False)
    stranger.opens("/events?month=2036-12")
    stranger.sees("Tháng 12, 2036", "08:00 – 11:30", "Sân đình Lúa Vàng", "2 nơi khác")
    stranger.follows(HEADLINE)
    stranger.sees("thông cáo báo chí · sự kiện", "Thứ Bảy, 6 tháng 12, 2036", "Điểm cầu phía Nam", "Đăng ký tham dự")
    file = stranger.page.get_by_role("link", name="Thêm vào lịch").get_attribute("href") or ""
    assert "DTSTART:20361206T010000Z" in stranger.fetches(file)
    for address in (stranger.page.url, "/events"):
        for width, height in SIZES:
            stranger.page.set_viewport_size({"width": width, "height": height})
            stranger.opens(address)
            assert stranger.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (address, width)


def test_without_scripts_every_kind_waits_in_a_fold(meet: Meet) -> None:
    quy = meet("Quý", "quy@example.vn", has_scripts=False)
    quy.opens("/accounts/signup/")
    quy.signs_up()
    quy.signs_in()
    quy.founds("Nhà in Giấy Dó")
    quy.begins()
    quy.chooses({"kind": "Bổ nhiệm"})
    folds = quy.page.locator("[data-kind]")
    expect(folds).to_have_count(5)
    folds.filter(has_text="ai, chức gì").locator("summary").click()
    quy.fills({"facts-appointment-person": "Lê Thị Hoa", "headline": "Nhà in có giám đốc mới"})
    quy.presses("Lưu")
    quy.sees("Tin bổ nhiệm cần chức vụ mới.")
    expect(quy.page.locator("[data-kind=appointment]")).to_have_attribute("open", "")
    expect(quy.page.locator("[name=facts-appointment-person]")).to_have_value("Lê Thị Hoa")
