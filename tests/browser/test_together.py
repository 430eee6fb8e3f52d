"""Writing in the browser: a draft saves by itself, this machine keeps what is not saved, two editors lose nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Meet, Person, link_in
from tests.browser.test_library import begin

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^đã lưu \d\d:\d\d:\d\d")
EDITOR = ".ProseMirror[contenteditable=true]"


def is_saved(page: Page) -> None:
    """Wait until the page says that the server has what was typed last."""
    expect(page.locator("[data-autosave-state]")).to_have_text(SAVED)


def drafts(meet: Meet, name: str, organization: str, *, has_scripts: bool = True) -> Person:
    """Return somebody with an empty draft open."""
    writer = begin(meet, name, organization, has_scripts=has_scripts)
    writer.begins()
    return writer


def joins(meet: Meet, owner: Person, name: str, *, has_scripts: bool = True) -> Person:
    """Return a colleague whom the owner invites, with the same draft open."""
    address = owner.page.url
    colleague = meet(name, has_scripts=has_scripts)
    colleague.opens("/accounts/signup/")
    colleague.signs_up()
    colleague.signs_in()
    owner.clicks(owner.page.locator(".desk__path a").first)
    owner.follows("Thành viên")
    owner.fills({"email": colleague.email})
    owner.presses("Gửi lời mời")
    colleague.opens(link_in(owner.site.letter(colleague.email, "", holds="/desk/join/")))
    colleague.sends()
    owner.opens(address)
    colleague.opens(address)
    return colleague


def test_a_draft_saves_by_itself_and_a_killed_tab_loses_nothing(meet: Meet) -> None:
    writer = drafts(meet, "Nga", "Hợp tác xã Nấm Rơm")
    address = writer.page.url
    writer.fills({"headline": "Nấm rơm vào vụ"})
    writer.writes("Ba tấn nấm mỗi ngày.")
    is_saved(writer.page)
    context = writer.page.context
    writer.page.close(run_before_unload=False)
    writer.page = context.new_page()
    writer.opens(address)
    expect(writer.page.locator("[name=headline]")).to_have_value("Nấm rơm vào vụ")
    expect(writer.page.locator(EDITOR)).to_contain_text("Ba tấn nấm mỗi ngày.")
    expect(writer.page.locator("[data-local]")).to_be_hidden()


def test_a_page_that_was_sent_and_comes_back_saves_again(meet: Meet) -> None:
    """A browser may keep the page as it was when its button was pressed, and show that on the way back."""
    writer = drafts(meet, "Ninh", "Hợp tác xã Nấm Linh Chi")
    sent = "document.querySelector('form[data-autosave]').dispatchEvent(new SubmitEvent('submit', {cancelable: true}))"
    writer.page.evaluate(sent)
    writer.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    writer.fills({"headline": "Viết tiếp sau khi quay lại"})
    is_saved(writer.page)


def test_without_a_connection_this_machine_keeps_it_and_offers_it_back(meet: Meet) -> None:
    writer = drafts(meet, "Nhung", "Hợp tác xã Nấm Mối")
    address, context = writer.page.url, writer.page.context
    context.route("**/autosave", lambda route: route.abort())
    writer.fills({"headline": "Gõ khi mất mạng"})
    writer.writes("Chữ chỉ có ở máy này.")
    expect(writer.page.locator("[data-autosave-state]")).to_have_text("mất mạng, giữ trong máy này")
    writer.page.wait_for_function(
        "() => Object.values(localStorage).some((one) => one.includes('Chữ chỉ có ở máy này.'))"
    )
    writer.page.close(run_before_unload=False)
    writer.complaints.clear()  # the browser says in red that it had no connection
    context.unroute("**/autosave")
    writer.page = context.new_page()
    writer.opens(address)
    expect(writer.page.locator("[name=headline]")).to_have_value("")
    expect(writer.page.locator("[data-local]")).to_contain_text("Máy này còn giữ chữ chưa lưu")
    writer.presses("Lấy lại chữ ấy")
    writer.sees("Đã lưu.")
    expect(writer.page.locator("[name=headline]")).to_have_value("Gõ khi mất mạng")
    expect(writer.page.locator(EDITOR)).to_contain_text("Chữ chỉ có ở máy này.")
    writer.opens(address)
    expect(writer.page.locator("[data-local]")).to_be_hidden()


def test_the_connection_comes_back_and_it_is_saved(meet: Meet) -> None:
    writer = drafts(meet, "Nguyet", "Hợp tác xã Nấm Hương")
    context = writer.page.context
    context.route("**/autosave", lambda route: route.abort())
    writer.fills({"headline": "Gõ khi mất mạng"})
    expect(writer.page.locator("[data-autosave-state]")).to_have_text("mất mạng, giữ trong máy này")
    context.unroute("**/autosave")
    is_saved(writer.page)
    writer.complaints.clear()


def test_two_editors_in_conflict_lose_nothing(meet: Meet) -> None:
    ha = drafts(meet, "Hien", "Hợp tác xã Sen Đỏ")
    ha.fills({"headline": "Sen đỏ", "lead": "Sen nở sớm."})
    is_saved(ha.page)
    hai = joins(meet, ha, "Hai")
    expect(hai.page.locator("[data-here]")).to_have_text("Hien cũng đang mở bản này.")
    # Different fields come together by themselves.
    ha.fills({"headline": "Sen đỏ Đồng Tháp"})
    is_saved(ha.page)
    hai.fills({"subtitle": "Mùa sen tháng năm"})
    expect(hai.page.locator("[data-autosave-state]")).to_contain_text("Đồng nghiệp vừa sửa: Tiêu đề.")
    # The same field: the second is told, and types on.
    ha.fills({"lead": "Sen nở sớm hai tuần."})
    is_saved(ha.page)
    hai.fills({"lead": "Sen nở sớm ở ba huyện."})
    expect(hai.page.locator("[data-clash]")).to_contain_text("Chữ của bạn được giữ riêng")
    hai.fills({"lead": "Sen nở sớm ở ba huyện, bà con mừng."})
    expect(hai.page.locator("[data-autosave-state]")).to_contain_text("giữ riêng")
    hai.page.wait_for_function("() => !localStorage.length")
    hai.clicks(hai.page.locator("[data-clash] a"))
    hai.sees("Sen nở sớm ở ba huyện, bà con mừng.", "hai tuần.")
    hai.page.get_by_label("Viết lại ở ô dưới").check()
    hai.fills({"text-lead": "Sen nở sớm hai tuần ở ba huyện, bà con mừng."})
    hai.presses("Lưu bản ghép")
    hai.sees("Đã ghép hai bản và lưu.")
    values = {"headline": "Sen đỏ Đồng Tháp", "subtitle": "Mùa sen tháng năm"}
    for name, value in {**values, "lead": "Sen nở sớm hai tuần ở ba huyện, bà con mừng."}.items():
        expect(hai.page.locator(f"[name={name}]")).to_have_value(value)
    hai.follows("Lịch sử các lần lưu")
    hai.sees("Ghép với bản của đồng nghiệp", "Hien · Tự lưu", "Hai")


def test_two_editors_without_scripts_lose_nothing_either(meet: Meet) -> None:
    mo = drafts(meet, "Mo", "Hợp tác xã Sen Trắng", has_scripts=False)
    mo.fills({"lead": "Sen nở."})
    mo.presses("Lưu")
    man = joins(meet, mo, "Man", has_scripts=False)
    man.sees("Mo cũng đang mở bản này.")
    mo.fills({"lead": "Sen trắng nở.", "subtitle": "Của Mơ"})
    mo.presses("Lưu")
    man.fills({"lead": "Sen nở rộ.", "headline": "Của Mận"})
    man.presses("Lưu")
    man.sees("Chữ của bạn được giữ riêng", "Vào bài ngay, từ bản giữ riêng: Tiêu đề.")
    man.page.get_by_label("Lấy bản giữ riêng").check()
    man.presses("Lưu bản ghép")
    for name, value in {"lead": "Sen nở rộ.", "subtitle": "Của Mơ", "headline": "Của Mận"}.items():
        expect(man.page.locator(f"[name={name}]")).to_have_value(value)
    man.follows("Lịch sử các lần lưu")
    man.clicks(man.page.get_by_role("link", name="Xem chỗ đổi").first)
    man.sees("Đoạn mở đầu")


def test_an_old_text_is_taken_back(meet: Meet) -> None:
    writer = drafts(meet, "Ngan", "Hợp tác xã Nấm Mèo")
    address = writer.page.url
    for headline in ("Bản đầu", "Bản hai"):
        writer.opens(address)
        writer.fills({"headline": headline})
        writer.presses("Lưu")
        writer.sees("Đã lưu.")
    writer.follows("Lịch sử các lần lưu")
    writer.clicks(writer.page.locator(".history__what a").nth(1))
    writer.sees("Lấy lại bản này thì đổi những gì")
    writer.presses("Lấy lại bản này")
    writer.sees("Đã lấy lại.")
    expect(writer.page.locator("[name=headline]")).to_have_value("Bản đầu")
