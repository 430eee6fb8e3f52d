"""A passkey is made, signs in by itself, and proves who one is once more; Chromium holds a virtual one."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Meet, Person, Site
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


def holds_a_key(page: Page) -> None:
    """What a laptop with a fingerprint reader is to a page (WebAuthn, section 11)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def hoa(meet: Meet, site: Site) -> Person:
    """Somebody who signed up, at the one address without https where browsers make passkeys."""
    person = meet("Hue")
    person.opens("/accounts/signup/")
    person.signs_up()
    holds_a_key(person.page)
    person.opens(f"{local(site)}/accounts/login/")
    person.fills({"login": person.email, "password": PASSWORD})
    person.presses("Đăng nhập")
    return person


def local(site: Site) -> str:
    return site.origin.replace("127.0.0.1", "localhost")


def test_a_passkey_is_made_signs_in_and_is_taken_away(hoa: Person, site: Site) -> None:
    hoa.opens(f"{local(site)}/accounts/2fa/")
    hoa.clicks(hoa.page.get_by_role("link", name="Thêm passkey"))
    hoa.page.get_by_label("Tên gọi").fill("Máy của Hoa")
    hoa.presses("Tạo passkey")
    expect(hoa.page.locator(".account__codes li")).to_have_count(10)
    hoa.opens(f"{local(site)}/accounts/2fa/")
    expect(hoa.page.locator("main")).to_contain_text("Máy của Hoa")
    expect(hoa.page.locator("main")).to_contain_text("localhost")

    hoa.clicks(hoa.page.get_by_role("button", name="Đăng xuất"))
    hoa.opens(f"{local(site)}/accounts/login/")
    hoa.presses("Đăng nhập bằng passkey")
    hoa.page.wait_for_url("**/desk/")

    hoa.clicks(hoa.page.get_by_role("button", name="Đăng xuất"))
    hoa.opens(f"{local(site)}/accounts/login/?next=/accounts/2fa/")
    hoa.fills({"login": hoa.email, "password": PASSWORD})
    hoa.presses("Đăng nhập")
    expect(hoa.page.locator("h1")).to_have_text("Bước thứ hai")
    hoa.presses("Dùng passkey")
    hoa.page.wait_for_url("**/accounts/2fa/")

    hoa.clicks(hoa.page.get_by_role("link", name="Bỏ", exact=True))
    hoa.presses("Bỏ passkey")
    expect(hoa.page.locator("main")).to_contain_text("Có ngay sau khi bạn thêm passkey")


def test_a_browser_without_a_passkey_says_so(meet: Meet, site: Site) -> None:
    vinh = meet("Vinh")
    session = vinh.page.context.new_cdp_session(vinh.page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": False}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    vinh.opens(f"{local(site)}/accounts/login/")
    vinh.presses("Đăng nhập bằng passkey")
    expect(vinh.page.get_by_role("status")).to_contain_text("Chưa dùng được passkey")
