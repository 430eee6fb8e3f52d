"""An organization is suspended with a reason and reinstated with a button."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.search import queries as search
from tests.compose.test_quota import plain

NOTICE = "Tổ chức này đang bị tạm ngưng trên cổng."


def door(organization: Organization, act: str) -> str:
    return f"/operator/organizations/{organization.slug}/{act}"


def test_it_is_suspended_with_a_reason(
    desk: Client, operator: Person, organization: Organization, put_out: Callable[..., Entry]
) -> None:
    address = f"/r/{put_out().public_id}"
    page = desk.post(door(organization, "suspend"), {"reason": "Chờ xác minh"}, follow=True)
    assert "đang tạm ngưng" in page.text
    row = Record.objects.get(act="suspend")
    assert (row.actor_id, row.detail) == (f"person:{operator.pk}", {"reason": "Chờ xác minh"})
    assert NOTICE in Client().get(address, follow=True).text


def test_it_is_not_suspended_without_a_reason(desk: Client, organization: Organization) -> None:
    assert desk.post(door(organization, "suspend"), {"reason": " "}).status_code == 400
    organization.refresh_from_db()
    assert organization.suspended_at is None


def test_it_is_reinstated_with_a_button(desk: Client, operator: Person, organization: Organization) -> None:
    desk.post(door(organization, "suspend"), {"reason": "Chờ xác minh"})
    assert door(organization, "reinstate") in desk.get("/operator/organizations").text
    assert desk.get(door(organization, "reinstate")).status_code == 405
    page = desk.post(door(organization, "reinstate"), follow=True)
    assert "đang tạm ngưng" not in page.text
    organization.refresh_from_db()
    assert organization.suspended_at is None
    assert Record.objects.get(act="reinstate").actor_id == f"person:{operator.pk}"


def test_a_moderator_may_do_both(client: Client, moderator: Person, organization: Organization) -> None:
    client.force_login(moderator)
    assert client.post(door(organization, "suspend"), {"reason": "Chờ xác minh"}).status_code == 302
    assert client.post(door(organization, "reinstate")).status_code == 302


def test_another_portal_s_organization_is_not_there(desk: Client, organization: Organization) -> None:
    Organization.objects.filter(pk=organization.pk).update(portal=Portal.objects.create(slug="khac", name="Khác"))
    assert desk.post(door(organization, "suspend"), {"reason": "x"}).status_code == 404
    assert desk.post(door(organization, "reinstate")).status_code == 404


@pytest.mark.parametrize("said", [
    {"rename": "1", "name": " ", "name_en": "Morning Star"},
    {"appoint": "1", "email": "khong-ai@example.vn"},
    {"note_register": "1", "tax_code": "0100109107", "note": "Còn hoạt động."},
])  # fmt: skip
def test_a_form_of_its_page_that_is_wrong_comes_back_with_what_was_typed(
    desk: Client, organization: Organization, said: dict[str, str]
) -> None:
    answer = desk.post(f"/operator/organizations/{organization.slug}", said)
    assert answer.status_code == 400
    typed = next(value for value in said.values() if len(value) > 1)
    assert typed in answer.text
    assert answer.text.count("errorlist") == 1
    organization.refresh_from_db()
    assert organization.name == "Hợp tác xã Sao Mai"


def test_a_moderator_gives_an_organization_to_nobody(
    client: Client, moderator: Person, organization: Organization
) -> None:
    client.force_login(moderator)
    page = f"/operator/organizations/{organization.slug}"
    assert client.post(page, {"appoint": "1", "email": moderator.email}).status_code == 404
    assert client.post(page, {"reopen": "1"}).status_code == 404
    assert not organization.memberships.filter(person=moderator).exists()


def test_the_operator_says_how_much_its_library_may_hold(
    desk: Client, operator: Person, organization: Organization, settings: Settings
) -> None:
    settings.LOA_LIBRARY_QUOTA = 5_000_000_000
    address = f"/operator/organizations/{organization.slug}"
    page = plain(desk.get(address).text)
    assert "Tệp của tổ chức dùng 0 B trên 5 GB." in page
    page = desk.post(address, {"quota": "1", "most_mb": "20000"}, follow=True).text
    page = plain(page)
    assert "Tệp của tổ chức dùng 0 B trên 20 GB. Mọi tổ chức được 5 GB." in page
    assert 'value="20000"' in page
    row = Record.objects.get(act="set_quota")
    assert (row.actor_id, row.subject) == (f"person:{operator.pk}", f"organization:{organization.pk}")
    assert row.detail == {"from": None, "to": 20_000_000_000}
    assert desk.post(address, {"quota": "1", "most_mb": "-1"}).status_code == 400
    desk.post(address, {"quota": "1", "most_mb": ""})
    assert "trên 5 GB" in plain(desk.get(address).text)


def test_a_moderator_does_not_set_it(client: Client, moderator: Person, organization: Organization) -> None:
    client.force_login(moderator)
    address = f"/operator/organizations/{organization.slug}"
    assert 'name="quota"' not in client.get(address).text
    assert client.post(address, {"quota": "1", "most_mb": "1"}).status_code == 404
    assert not Record.objects.filter(act="set_quota").exists()


def test_renamed_its_releases_are_found_by_the_new_name_at_once(
    desk: Client, organization: Organization, put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> None:
    entry = put_out()
    run_wire()
    said = {"rename": "1", "name": "Nông trường Bình Minh", "name_en": ""}
    assert desk.post(f"/operator/organizations/{organization.slug}", said).status_code == 302
    assert search.search(entry.portal_id, '"nông trường bình minh"').ids == [entry.public_id]
    assert search.search(entry.portal_id, '"nông trường bình minh"').total == 1
