"""A portal is made and set up by pages alone, by whoever runs the installation."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.portals.models import Portal, PortalHost, StaticPage

NEW = {
    "name": "GlobalDN", "origin": "http://dn.example:8000/", "language": "en", "time_zone": "Asia/Ho_Chi_Minh",
    "email": "lan@example.vn",
}  # fmt: skip
THERE = {"host": "dn.example:8000"}
BRAND = {
    "name": "GlobalĐN", "accent": "#0a6470", "accent_dark": "#6fd3df", "time_zone": "Asia/Ho_Chi_Minh",
    "languages": ["vi", "en"], "tagline_vi": "Tin của thành phố", "place_vi": "Đà Nẵng", "place_en": "Da Nang",
    "is_listed": "on", "takes": "no",
}  # fmt: skip


def test_a_portal_is_made_with_its_host_and_pages(desk: Client, operator: Person) -> None:
    page = desk.post("/operator/portals", NEW, follow=True)
    assert "Đã lập GlobalDN." in page.text
    made = Portal.objects.get(slug="globaldn")
    assert (made.origin, made.language, made.is_listed) == ("http://dn.example:8000", "en", False)
    assert PortalHost.objects.get(host="dn.example").portal == made
    assert "lan@example.vn" in Client().get("/contact", headers=THERE).text
    assert "GlobalDN" in Client().get("/", headers=THERE).text
    assert StaticPage.objects.filter(portal=made).count() == 10
    row = Record.objects.get(act="desk.make_portal")
    assert (row.actor_id, row.detail["host"]) == (f"person:{operator.pk}", "dn.example")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "GlobalVN"}, "Đã có một cổng tên như vậy."),
        ({"origin": "http://testserver"}, "đã dẫn tới một cổng khác"),
        ({"origin": "dn.example"}, "Hãy viết như https://tin.example.vn"),
        ({"time_zone": "Sao Hỏa"}, "Không có múi giờ này"),
        ({"name": ""}, "Hãy điền ô này"),
    ],
)
def test_one_that_cannot_be_is_not_made_and_stays_typed(desk: Client, changes: dict[str, str], said: str) -> None:
    page = desk.post("/operator/portals", {**NEW, **changes})
    assert page.status_code == 400
    assert said in page.text
    assert 'value="lan@example.vn"' in page.text
    assert Portal.objects.count() == 1
    assert not Record.objects.exists()


def test_its_looks_are_what_readers_see(desk: Client, portal: Portal) -> None:
    out = io.BytesIO()
    Image.new("RGB", (90, 90), "teal").save(out, "PNG")
    sent = {**BRAND, "logo": SimpleUploadedFile("logo.png", out.getvalue())}
    assert desk.post("/operator/brand", sent).status_code == 302
    portal.refresh_from_db()
    assert portal.place == {"vi": "Đà Nẵng", "en": "Da Nang"}
    assert portal.tagline == {"vi": "Tin của thành phố"}
    page = Client().get("/").text
    assert "Tin của thành phố" in page
    assert f'src="{portal.logo}"' in page
    assert f'"url": "http://testserver{portal.logo}"' in page
    assert "--accent: #0a6470" in Client().get(re.findall(r'"(/styles/[^"]+)"', page)[0]).text
    assert desk.post("/operator/brand", BRAND).status_code == 302
    assert Portal.objects.get().logo == portal.logo
    assert desk.post("/operator/brand", {**BRAND, "accent": "red; }"}).status_code == 400
    assert desk.post("/operator/brand", {**BRAND, "logo": SimpleUploadedFile("a.svg", b"<svg/>")}).status_code == 400
    assert Record.objects.filter(act="desk.edit_brand").count() == 2


def test_a_language_that_is_not_offered_keeps_its_texts(desk: Client, portal: Portal) -> None:
    desk.post("/operator/brand", {**BRAND, "languages": ["vi"], "tagline_en": "News of the city"})
    assert Client().get("/en/").status_code == 404
    assert "tagline_en" not in desk.get("/operator/brand").text
    desk.post("/operator/brand", {**BRAND, "languages": ["vi"]})
    assert Portal.objects.get().tagline == {"en": "News of the city", "vi": "Tin của thành phố"}


def test_what_the_law_wants_stands_at_the_foot(desk: Client, portal: Portal) -> None:
    law = {"responsible": "Trần Lan", "takedown_hours": "48", "calls_first": "on", "licence_vi": "Giấy phép số 1/GP"}
    assert desk.post("/operator/law", law).status_code == 302
    foot = Client().get("/").text
    assert "Giấy phép số 1/GP · Chịu trách nhiệm nội dung: Trần Lan" in foot
    assert "Responsible for the content: Trần Lan" in Client().get("/en/").text
    portal.refresh_from_db()
    assert (portal.takedown_hours, portal.calls_first) == (48, True)
    assert Record.objects.get(act="desk.edit_law").detail["takedown_hours"] == 48
    assert desk.post("/operator/law", {**law, "takedown_hours": "0"}).status_code == 400


def test_hosts_are_added_and_removed(desk: Client, portal: Portal) -> None:
    Portal.objects.update(origin="http://testserver")
    assert desk.post("/operator/hosts", {"host": " Tin.Example.VN. "}).status_code == 302
    assert Client().get("/", headers={"host": "tin.example.vn"}).status_code == 200
    desk.post("/operator/hosts", {"host": "tin.example.vn"})
    assert desk.post("/operator/hosts/remove", {"host": "tin.example.vn"}).status_code == 302
    assert desk.post("/operator/hosts/remove", {"host": "tin.example.vn"}).status_code == 302
    acts = list(Record.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["desk.add_host", "desk.remove_host"]
    assert not PortalHost.objects.filter(host="tin.example.vn").exists()


def test_the_host_its_links_stand_on_stays(desk: Client, portal: Portal) -> None:
    Portal.objects.update(origin="http://testserver")
    page = desk.post("/operator/hosts/remove", {"host": "testserver"})
    assert page.status_code == 400
    assert "Hãy đổi địa chỉ của cổng trước." in page.text
    other = Portal.objects.create(slug="hai", name="Hai")
    PortalHost.objects.create(portal=other, host="hai.example")
    assert "đã dẫn tới một cổng khác" in desk.post("/operator/hosts", {"host": "hai.example"}).text
    desk.post("/operator/hosts/remove", {"host": "hai.example"})
    assert PortalHost.objects.filter(host="hai.example", portal=other).exists()
    assert desk.post("/operator/hosts", {"host": "https://a.example/b"}).status_code == 400


@pytest.mark.parametrize("door", ["portals", "brand", "law", "hosts", "hosts/remove"])
def test_an_editor_finds_none_of_it(client: Client, portal: Portal, moderator: Person, door: str) -> None:
    client.force_login(moderator)
    assert client.get(f"/operator/{door}").status_code == 404
    assert client.post(f"/operator/{door}", {**NEW, **BRAND}).status_code == 404
    assert not Record.objects.exists()
