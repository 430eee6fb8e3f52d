"""The operator's pages: figures, one address, the list as a file, throw-away domains."""

import csv
import io

from django.test import Client

from loa.audit.models import Record
from loa.portals.models import Portal
from loa.subscribers import queries
from loa.subscribers.models import BarredDomain, Forgotten, State, Subscriber
from tests.readers import make_reader


def test_it_counts_and_finds_addresses_without_naming_them_in_its_own(vn: Portal, desk: Client) -> None:
    make_reader(vn, "an@vidu.vn")
    make_reader(vn, "binh@vidu.vn", "general", "press")
    make_reader(vn, "chi@khac.vn", state=State.LEFT)
    page = desk.get("/operator/subscribers/")
    assert page.context["counts"] == [("Đang nhận", 2), ("Chưa xác nhận", 0), ("Đã rời", 1)]
    assert [(one.key, count) for one, count in page.context["lists"]] == [("general", 2), ("press", 1)]
    found = desk.post("/operator/subscribers/", {"address": "vidu.vn"}).text
    assert "an@vidu.vn" in found
    assert "chi@khac.vn" not in found
    assert "Không có địa chỉ nào" in desk.post("/operator/subscribers/", {"address": "khong@co.vn"}).text


def test_one_address_with_what_it_agreed_to_is_ended_and_erased(vn: Portal, desk: Client) -> None:
    one = make_reader(vn)
    door = f"/operator/subscribers/of/{one.public_id}"
    assert "Mọi tin trên GlobalVN" in desk.get(door).text
    desk.post(f"{door}/end")
    one.refresh_from_db()
    assert one.state == State.LEFT
    assert "leave" in desk.get(door).text
    desk.post(f"{door}/erase")
    assert not Subscriber.objects.exists()
    assert Forgotten.objects.count() == 1
    assert desk.get(door).status_code == 404
    assert {row.actor_label for row in Record.objects.filter(act__in=["leave", "erase"])} == {"lan@example.vn"}


def test_an_address_of_another_portal_is_not_there(vn: Portal, desk: Client) -> None:
    other = make_reader(Portal.objects.create(slug="khac", name="Khác"))
    assert desk.get(f"/operator/subscribers/of/{other.public_id}").status_code == 404
    assert "doc@vidu.vn" not in desk.post("/operator/subscribers/", {"address": "doc"}).text


def test_the_file_runs_no_formula_and_the_audit_has_who_took_it(vn: Portal, desk: Client) -> None:
    make_reader(vn, "=cmd|' /c calc'!a1@vidu.vn", "general", "press")
    make_reader(vn, "+an@vidu.vn", state=State.LEFT)
    assert desk.get("/operator/subscribers/export").status_code == 405
    answer = desk.post("/operator/subscribers/export")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["email", "state", "language", "lists"]
    assert [row[0] for row in rows[1:]] == ["'=cmd|' /c calc'!a1@vidu.vn", "'+an@vidu.vn"]
    assert rows[1][3] == "general press"
    assert Record.objects.get(act="export").detail == {"rows": 2}


def test_domains_are_the_operators_to_edit(vn: Portal, desk: Client) -> None:
    BarredDomain.objects.get_or_create(domain="yopmail.com")
    assert "yopmail.com" in desk.get("/operator/subscribers/domains").text
    bad = desk.post("/operator/subscribers/domains", {"domains": "a.vn\nkhông phải tên"})
    assert (bad.status_code, "không phải tên miền" in bad.text) == (422, True)
    desk.post("/operator/subscribers/domains", {"domains": "@Tạm.vn\n\nb.com\n"})
    assert queries.barred_domains() == ["b.com", "xn--tm-f5s.vn"]
    assert queries.is_barred("x@mail.b.com")
    assert not queries.is_barred("x@yopmail.com")
