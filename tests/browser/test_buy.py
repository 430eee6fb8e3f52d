"""Buying in the browser: a plan by VietQR, publishing until it is used up, one release more, the invoice, the end."""

import hashlib
import hmac
import io
import json
import os
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, expect
from vietqr_emvco import VietQRParser

from tests.browser.conftest import people_at, served
from tests.browser.people import Meet, Person, Site, path_of

pytestmark = pytest.mark.browser

SECRET = "bi-mat-cua-ngan-hang"
INVOICE = f"C{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%y}TLA 00000001"
ACCOUNT = "0000000000123"
SENDER = "Hợp tác xã Nấm Rơm Hậu Giang"
HEADLINES = ("Hậu Giang thu tấn nấm rơm đầu tiên", "Nấm rơm Hậu Giang sang Nhật", "Nấm rơm Hậu Giang mở xưởng sấy")
SELLER = {
    "legal_name": "Công ty TNHH Toàn Cầu Việt", "tax_code": "0100109106", "address": "1 Phố Hư Cấu, Hà Nội",
    "bank_name": "Ngân hàng Hư Cấu", "bank_bin": "970436", "account": ACCOUNT, "holder": "CONG TY TOAN CAU VIET",
    "vat": "8", "series": "LA",
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal of its own: the first plan that is sold anywhere begins to limit everybody there."""
    with served(tmp_path_factory.mktemp("shop"), LOA_BANK_SECRETS=f"signed:{SECRET}") as made:
        yield made


@pytest.fixture
def meet_at_shop(browser: Browser, shop: Site) -> Iterator[Meet]:
    yield from people_at(browser, shop)


def open_the_shop(operator: Person) -> None:
    """Who sells, a plan of two releases a month, and single ones."""
    operator.makes_section("nong-nghiep", "Nông nghiệp")
    operator.opens("/operator/billing/seller")
    operator.fills(SELLER)
    operator.presses("Lưu")
    operator.sees("Đã lưu.", "đang dùng")
    for slug, name, kind, price in (
        ("goi-nho", "Gói nhỏ", "Gói", "790000"),
        ("le", "Lượt lẻ", "Một thông cáo lẻ", "300000"),
    ):
        operator.opens("/operator/plans/new")
        operator.fills({"slug": slug, "name_vi": name, "price": price, "allowance": "2"})
        operator.chooses({"kind": kind})
        operator.sends()
        operator.sees(name)


def order(buyer: Person) -> str:
    """Says who pays; answers the order's code."""
    buyer.fills({"tax_code": "0313 028 740", "address": "Ấp Thạnh Mỹ, Hậu Giang", "email": "ketoan@nam.example"})
    buyer.presses("Đặt và xem cách chuyển khoản")
    buyer.sees("Chờ thanh toán", ACCOUNT, "Trang này tự đổi khi tiền tới")
    return path_of(buyer.page.url).rpartition("/")[2]


def scan(buyer: Person) -> dict[str, object]:
    """What a banking app reads off the screen."""
    square = buyer.page.get_by_role("img", name="Mã VietQR").screenshot()
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(square)))
    assert VietQRParser.verify_checksum(found.text)
    return dict(VietQRParser.parse(found.text))


def tell(site: Site, reference: str, amount: int, note: str) -> dict[str, object]:
    """The bank's webhook: a transfer, signed."""
    row = {"account": ACCOUNT, "id": reference, "amount": amount, "note": note, "at": "2026-11-28T10:15:22+07:00"}
    body = json.dumps({"transfers": [row]}).encode()
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    said = {"X-Loa-Timestamp": stamp, "X-Loa-Signature": f"sha256={signature}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{site.origin}/hooks/bank/signed", body, said)
    return dict(json.loads(urllib.request.urlopen(asked, timeout=20).read()))


def buy_the_plan(buyer: Person) -> str:
    """Half first, then the rest by the code that names it; the page turns by itself."""
    buyer.follows("Gói")
    buyer.follows("Chọn gói này")
    buyer.sees("790.000", "đã gồm 8 % thuế GTGT")
    code = order(buyer)
    read = scan(buyer)
    assert (read["amount"], read["memo"], read["account_number"]) == (790_000, code, ACCOUNT)
    tell(buyer.site, "FT1", 390_000, f"CT DEN:{code.lower()}GD 123456")
    buyer.sees("còn thiếu", "400.000")
    assert scan(buyer)["amount"] == 400_000
    told = [tell(buyer.site, "FT2", 400_000, f"MBVCB.123.{code}.CT tu 0071") for _ in range(2)]
    assert told == [{"success": True, "taken": 1, "ignored": 0}] * 2
    buyer.sees("Đã nhận đủ tiền.", INVOICE)
    return code


def write(author: Person, headline: str) -> None:
    author.opens("/desk/")
    author.follows(SENDER)
    author.begins()
    author.fills({"headline": headline, "contact": "Lê Nấm, nam@example.vn"})
    author.writes(f"{headline}. Hợp tác xã trồng nấm trên rơm của chính ruộng nhà, không thuốc.")
    author.chooses({"section": "Nông nghiệp"})
    author.presses("Lưu và gửi đăng")


def publish_until_it_is_used_up(author: Person, operator: Person) -> None:
    write(author, HEADLINES[0])
    author.presses("Gửi biên tập viên")
    operator.opens("/moderation/")
    operator.follows(HEADLINES[0])
    operator.presses("Duyệt và đăng")
    operator.sees("Đã đăng.")
    write(author, HEADLINES[1])
    author.presses("Cho đăng")
    author.sees("Đã đăng.")
    write(author, HEADLINES[2])
    author.sees("Chưa đăng được: đã hết lượt", "đã dùng hết lượt của gói Gói nhỏ", "Chữ và ảnh của bạn được giữ nguyên")


def buy_one_and_publish(author: Person) -> None:
    """From the page that said no to the page that says yes."""
    draft = author.page.url
    author.clicks(author.page.locator("main").get_by_role("link", name="Mua một lượt lẻ"))
    author.sees("300.000")
    code = order(author)
    tell(author.site, "FT3", 300_000, f"mua luot {code}")
    author.sees("1 lượt đăng đã vào tài khoản")
    author.opens(path_of(draft))
    author.presses("Cho đăng")
    author.sees("Đã đăng.")


def read_the_invoice(buyer: Person, shots: Path) -> None:
    """The PDF, as text and as a picture."""
    buyer.opens("/desk/")
    buyer.follows(SENDER)
    buyer.follows("Đơn và hóa đơn")
    link = buyer.page.get_by_role("link", name=f"PDF, {INVOICE}").get_attribute("href") or ""
    paper = pypdfium2.PdfDocument(buyer.page.request.get(link).body())
    assert len(paper) == 1
    said = " ".join(paper[0].get_textpage().get_text_range().split())
    for words in ("Hóa đơn giá trị gia tăng", "00000001", "0313028740", SENDER, "731.481", "58.519", "790.000",
                  "Bảy trăm chín mươi nghìn đồng chẵn"):  # fmt: skip
        assert words in said, said
    picture = paper[0].render(scale=2).to_pil().convert("L")
    assert picture.size[0] > 1000 and 0.005 < sum(picture.histogram()[:128]) / (picture.size[0] * picture.size[1]) < 0.2
    picture.save(shots / "invoice.png")
    xml = buyer.page.request.get(link.replace(".pdf", ".xml")).text()
    assert "<TgTTTBSo>790000</TgTTTBSo>" in xml


def slug_of(owner: Person) -> str:
    owner.opens("/desk/")
    owner.follows(SENDER)
    return path_of(owner.page.url).rpartition("/")[2]


def cancel_and_find_everything_still_there(buyer: Person, stranger: Person) -> None:
    buyer.opens("/desk/")
    buyer.follows(SENDER)
    buyer.follows("Gói")
    buyer.presses("Hủy gói")
    buyer.sees("gói dừng khi kỳ này kết thúc")
    stranger.opens("/latest")
    stranger.sees(*HEADLINES)
    for headline in HEADLINES:
        stranger.opens("/latest")
        stranger.follows(headline)
        stranger.sees(headline, "không thuốc")


def look_at_every_page(person: Person, *addresses: str) -> None:
    """The rules of axe-core, and nothing wider than the screen: dark on a telephone, light at a desk."""
    for scheme, width in (("light", 1280), ("dark", 360)):
        person.page.set_viewport_size({"width": width, "height": 800})
        person.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for address in addresses:
            person.opens(address)
            found = Axe().run(person.page)
            assert found.violations_count == 0, f"{address} {scheme}: {found.generate_report()}"
            assert person.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), address


def test_a_plan_is_bought_used_up_topped_up_and_ended(meet_at_shop: Meet, shop: Site, tmp_path: Path) -> None:
    operator, an = meet_at_shop("Lan", shop.operator), meet_at_shop("An")
    operator.signs_in()
    open_the_shop(operator)
    an.opens("/accounts/signup/")
    an.signs_up()
    an.signs_in()
    an.founds(SENDER)
    code = buy_the_plan(an)
    publish_until_it_is_used_up(an, operator)
    buy_one_and_publish(an)
    read_the_invoice(an, Path(os.environ.get("LOA_SHOTS", tmp_path)))
    cancel_and_find_everything_still_there(an, meet_at_shop("Bình"))
    operator.opens("/operator/billing")
    operator.sees("1.090.000", "Không có khoản nào chờ.")
    operator.opens(f"/operator/billing/orders/{code}")
    operator.sees("ketoan@nam.example", "400.000")
    tell(shop, "FT4", 5_000, "khong ma")
    mine = f"/desk/o/{slug_of(an)}"
    ways = ("orders/new", "orders/new?plan=le", f"orders/{code}", "invoices")
    look_at_every_page(an, *(f"{mine}/{way}" for way in ways))
    desk = "/operator/billing"
    ways = ("", f"/orders/{code}", "/orders", "/transfers", "/invoices", "/seller", "/statement")
    look_at_every_page(operator, *(f"{desk}{way}" for way in ways))
    shop.letter("ketoan@nam.example", f"Đã nhận thanh toán đơn {code}", holds=INVOICE)


def test_without_scripts_the_page_says_to_load_it_again(meet_at_shop: Meet, shop: Site) -> None:
    operator, buyer = meet_at_shop("Lan", shop.operator), meet_at_shop("Chi", has_scripts=False)
    operator.signs_in()
    if "goi-nho" not in operator.fetches("/operator/plans"):
        open_the_shop(operator)
    buyer.opens("/accounts/signup/")
    buyer.signs_up()
    buyer.signs_in()
    buyer.founds("Xưởng mộc Chi Lăng")
    buyer.follows("Gói")
    buyer.follows("Chọn gói này")
    buyer.fills({"address": "Lạng Sơn"})
    buyer.presses("Đặt và xem cách chuyển khoản")
    buyer.sees("Sau khi chuyển, hãy tải lại trang này.", ACCOUNT)
    expect(buyer.page.get_by_role("button", name="Chép số tiền")).to_be_hidden()
    code = path_of(buyer.page.url).rpartition("/")[2]
    tell(shop, "FT9", 790_000, code)
    buyer.follows("Tải lại")
    buyer.sees("Đã nhận đủ tiền.")
