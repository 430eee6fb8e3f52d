"""Who keeps the desk: only the operator says so, and an operator always remains."""

from django.test import Client

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.portals.models import Portal


def test_somebody_joins_the_desk_and_leaves_it(desk: Client, operator: Person, an: Person) -> None:
    page = desk.post("/operator/staff", {"email": "AN@example.vn", "reach": "all"}, follow=True)
    assert "An · an@example.vn" in page.text
    an.refresh_from_db()
    assert (an.is_staff, an.is_superuser) == (True, False)
    desk.post("/operator/staff", {"email": an.email, "reach": "none"})
    an.refresh_from_db()
    assert not an.is_staff
    rows = Record.objects.filter(act="desk.set_staff").order_by("id")
    assert [row.detail["reach"] for row in rows] == ["all", "none"]
    assert {row.actor_id for row in rows} == {f"person:{operator.pk}"}


def test_an_address_nobody_signed_up_with_is_said_so(desk: Client) -> None:
    page = desk.post("/operator/staff", {"email": "khong-ai@example.vn", "reach": "all"})
    assert page.status_code == 400
    assert "Chưa có ai đăng ký bằng địa chỉ này." in page.text


def test_the_only_operator_stays(desk: Client, operator: Person, moderator: Person) -> None:
    page = desk.post("/operator/staff", {"email": operator.email, "reach": "none"})
    assert page.status_code == 400
    assert "Bạn là người điều hành duy nhất của cổng" in page.text
    operator.refresh_from_db()
    assert operator.is_superuser
    assert not Record.objects.exists()


def test_a_moderator_does_not_find_the_page(client: Client, portal: Portal, moderator: Person) -> None:
    client.force_login(moderator)
    assert client.get("/operator/staff").status_code == 404
    assert client.post("/operator/staff", {"email": moderator.email, "reach": "all"}).status_code == 404
    assert "/operator/staff" not in client.get("/operator/").text
