"""The operator's pages save what is typed, for readers to see, and write down who did it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit import queries as audit
from loa.audit.models import Record
from loa.portals.models import AboutBlock, Portal, StaticPage
from loa.topics.models import Section

DOORS = ("", "sections", "pages/terms/vi", "about/vi", "staff", "address", "pin", "organizations")


def done_by(operator: Person, act: str) -> Record:
    """Return the one record of an act, which the operator did."""
    row = Record.objects.get(act=act)
    assert (row.actor_id, row.actor_label) == (f"person:{operator.pk}", operator.email)
    assert audit.verify() is None
    return row


@pytest.mark.parametrize("door", DOORS)
def test_every_page_opens(desk: Client, door: str) -> None:
    assert desk.get(f"/operator/{door}").status_code == 200


@pytest.mark.parametrize("door", [*DOORS, "organizations/x/suspend", "organizations/x/reinstate"])
@pytest.mark.parametrize("who", ["nobody", "an"])
def test_whoever_is_not_on_the_desk_finds_nothing(
    client: Client, portal: Portal, an: Person, door: str, who: str
) -> None:
    if who == "an":
        client.force_login(an)
    assert client.get(f"/operator/{door}").status_code == 404
    assert client.post(f"/operator/{door}").status_code == 404
    assert not Record.objects.exists()


def test_a_section_is_added_and_renamed(desk: Client, operator: Person, portal: Portal) -> None:
    form = {"slug": "van-hoa", "name_vi": "Văn hóa", "name_en": "Culture", "position": "3"}
    page = desk.post("/operator/sections", form, follow=True)
    assert "Đã lưu." in page.text
    assert all(word in page.text for word in ("/s/van-hoa", "Văn hóa", "Culture"))
    assert done_by(operator, "desk.edit_section").subject == "section:van-hoa"
    desk.post("/operator/sections", {**form, "name_vi": "Văn hóa và nghệ thuật"})
    assert Section.objects.get(portal=portal).name_vi == "Văn hóa và nghệ thuật"


def test_a_section_with_a_wrong_address_is_not_saved_and_stays_typed(desk: Client, portal: Portal) -> None:
    page = desk.post("/operator/sections", {"slug": "văn hóa", "name_vi": "Văn hóa", "position": "0"})
    assert page.status_code == 400
    assert 'value="Văn hóa"' in page.text
    assert not Section.objects.exists()
    assert not Record.objects.exists()


def test_a_page_is_saved_clean_and_shown_to_readers(desk: Client, operator: Person, portal: Portal) -> None:
    text = "<p>Ai được phép mới đăng.</p><script>alert(1)</script>"
    answer = desk.post("/operator/pages/terms/vi", {"title": "Điều khoản", "body_html": text})
    assert answer["Location"] == "/operator/"
    assert StaticPage.objects.get(portal=portal).body_html == "<p>Ai được phép mới đăng.</p>"
    assert "Ai được phép mới đăng." in Client().get("/terms").text
    assert "Ai được phép mới đăng." in desk.get("/operator/pages/terms/vi").text
    assert done_by(operator, "desk.edit_page").subject == "page:terms:vi"


@pytest.mark.parametrize("door", ["pages/secrets/vi", "pages/terms/fr", "about/fr"])
def test_a_page_the_portal_does_not_have_is_not_there(desk: Client, door: str) -> None:
    assert desk.get(f"/operator/{door}").status_code == 404


def test_the_word_about_the_portal_stands_under_a_release(
    desk: Client, operator: Person, put_out: Callable[..., Entry]
) -> None:
    form = {"title": "Về chúng tôi", "body_html": "<p>Cổng của mọi người.</p>", "person": "Lan", "office": "Điều hành"}
    desk.post("/operator/about/vi", form)
    assert AboutBlock.objects.get().title == "Về chúng tôi"
    assert "Cổng của mọi người." in Client().get(f"/r/{put_out().public_id}", follow=True).text
    assert done_by(operator, "desk.edit_about").subject == "about:vi"


def test_whoever_signs_has_a_portrait_that_stays(desk: Client, portal: Portal) -> None:
    form = {"title": "Về chúng tôi", "body_html": "<p>Cổng.</p>", "person": "Lan", "office": "Điều hành"}
    out = io.BytesIO()
    Image.new("RGB", (90, 90), "green").save(out, "PNG")
    sent = {**form, "portrait": SimpleUploadedFile("lan.png", out.getvalue())}
    assert desk.post("/operator/about/vi", sent).status_code == 302
    address = AboutBlock.objects.get().portrait
    assert Path(address).stem in Client().get("/about").text
    desk.post("/operator/about/vi", form)
    assert AboutBlock.objects.get().portrait == address
    refused = desk.post("/operator/about/vi", {**form, "portrait": SimpleUploadedFile("lan.svg", b"<svg/>")})
    assert refused.status_code == 400
    assert "không phải ảnh" in refused.text


def test_a_story_is_pinned_and_unpinned(
    desk: Client, operator: Person, portal: Portal, put_out: Callable[..., Entry]
) -> None:
    entry = put_out()
    desk.post("/operator/pin", {"public_id": entry.public_id})
    portal.refresh_from_db()
    assert portal.pinned == entry.public_id
    assert done_by(operator, "desk.pin").detail == {"entry": entry.public_id}
    desk.post("/operator/pin", {"public_id": ""})
    portal.refresh_from_db()
    assert portal.pinned == ""


def test_a_story_that_is_not_there_is_not_pinned(desk: Client, portal: Portal) -> None:
    page = desk.post("/operator/pin", {"public_id": "0000000000"})
    assert page.status_code == 400
    assert "Không có thông cáo nào đang hiển thị mang mã này." in page.text
    assert not Record.objects.exists()


def test_the_portals_address_is_where_its_links_lead(desk: Client, operator: Person, portal: Portal) -> None:
    assert desk.post("/operator/address", {"origin": " https://Testserver:8443/ "}).status_code == 302
    assert Portal.objects.get().origin == "https://testserver:8443"
    assert "Sitemap: https://testserver:8443/sitemap.xml" in Client().get("/robots.txt").text
    assert done_by(operator, "desk.edit_address").detail == {"origin": "https://testserver:8443"}
    desk.post("/operator/address", {"origin": ""})
    assert Portal.objects.get().address == "http://testserver"


@pytest.mark.parametrize(
    "typed",
    ["testserver", "ftp://testserver", "https://testserver/vi", "https://an@testserver", "https://testserver:0",
     "https://testserver\n.evil.example", "https://khac.example", "https://nowhere.example"],
)  # fmt: skip
def test_an_address_that_does_not_lead_here_is_not_kept(desk: Client, portal: Portal, typed: str) -> None:
    portal.hosts.filter(host="*").delete()
    other = Portal.objects.create(slug="khac", name="Khác")
    other.hosts.create(host="khac.example")
    page = desk.post("/operator/address", {"origin": typed})
    assert page.status_code == 400
    assert "bằng một tên miền dẫn tới cổng này" in page.text
    assert not Portal.objects.exclude(origin="").exists()
    assert not Record.objects.exists()


def test_only_the_operator_changes_the_address(client: Client, portal: Portal, moderator: Person) -> None:
    """Mails to set a password stand on it: whoever changes it could read them."""
    client.force_login(moderator)
    assert client.get("/operator/address").status_code == 404
    assert client.post("/operator/address", {"origin": "https://testserver"}).status_code == 404
    assert "/operator/address" not in client.get("/operator/").text
