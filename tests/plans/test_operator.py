"""The operator's pages: prices, requests for offers, and what organizations are given."""

from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.lib.tokens import random_id
from loa.organizations.models import Organization
from loa.plans.models import Credit, OfferRequest, Plan, Term
from loa.plans.queries import offered_to, standing
from loa.portals.models import Portal
from tests.plans.conftest import MakePlan
from tests.plans.test_pricing import FIELDS

WRITTEN = {**FIELDS, "is_offered": "on", "slug": "thuong"}


@pytest.fixture
def desk(client: Client, operator: Person, portal: Portal) -> Client:
    client.force_login(operator)
    return client


def test_strangers_and_editors_find_nothing(
    client: Client, an: Person, moderator: Person, organization: Organization
) -> None:
    for person in (an, moderator):
        client.force_login(person)
        for path in ("", "/new", "/preview", "/offers", "/organizations", f"/organizations/{organization.slug}"):
            assert client.get(f"/operator/plans{path}").status_code == 404
    assert "/operator/plans" not in client.get("/operator/").text
    desk = client.get("/operator/organizations").text
    assert "/operator/plans" not in desk
    assert f'href="/desk/o/{organization.slug}"' in desk, "editors write for an organization all the same"


def test_a_plan_is_added_and_edited_as_rows(desk: Client) -> None:
    assert "Chưa có gói nào" in desk.get("/operator/plans").text
    desk.post("/operator/plans/new", WRITTEN)
    assert "Đã có gói mang tên này" in desk.post("/operator/plans/new", WRITTEN).text
    answer = desk.post("/operator/plans/edit/thuong", {**WRITTEN, "price": "3000000"}, follow=True)
    assert "3.000.000" in answer.text
    assert Plan.objects.count() == 2
    assert "2.000.000" in desk.get("/operator/plans/edit/thuong").text, "the row before stands under the form"
    assert desk.get("/operator/plans/edit/khong-co").status_code == 404


def test_a_mistake_keeps_what_was_typed(desk: Client) -> None:
    answer = desk.post("/operator/plans/new", {**WRITTEN, "price": "-1", "name_vi": "Gói lạ"})
    assert (answer.status_code, "Gói lạ" in answer.text) == (400, True)
    assert not Plan.objects.exists()


def test_the_price_page_is_seen_as_on_a_day(desk: Client) -> None:
    desk.post("/operator/plans/new", WRITTEN)
    desk.post("/operator/plans/edit/thuong", {**WRITTEN, "price": "3000000", "valid_from": "2999-01-01"})
    assert "2.000.000" in desk.get("/operator/plans/preview").text
    assert "3.000.000" in desk.get("/operator/plans/preview?on=2999-01-02").text
    assert desk.get("/operator/plans/preview?on=2999-99-99").status_code == 200


def test_what_is_announced_for_a_day_stays_on_it_when_it_is_saved_again(desk: Client) -> None:
    door = "/operator/plans/edit/thuong"
    desk.post("/operator/plans/new", WRITTEN)
    desk.post(door, {**WRITTEN, "price": "3000000", "valid_from": "2999-01-01"})
    page = desk.get(door)
    assert 'value="2999-01-01"' in page.text
    kept = {name: page.context["form"][name].value() for name in (*FIELDS, "valid_from")}
    desk.post(door, {**kept, "name_en": "Usual"})
    assert list(Plan.objects.order_by("pk").values_list("price", "name_en")) == [
        (2_000_000, "Regular"), (3_000_000, "Usual"),
    ]  # fmt: skip


def test_an_offer_is_open_until_it_is_answered(desk: Client, portal: Portal) -> None:
    asked = OfferRequest.objects.create(
        portal=portal, organization_name="Sao Mai", name="Lan", email="lan@example.vn", wish="Hợp đồng", language="vi"
    )
    assert "Sao Mai" in desk.get("/operator/plans/offers").text
    assert desk.post("/operator/plans/offers", {"request": asked.public_id, "answer": ""}).status_code == 400
    desk.post("/operator/plans/offers", {"request": asked.public_id, "answer": "Gửi báo giá 12 triệu."})
    asked.refresh_from_db()
    assert (asked.answered_at is not None, asked.answer) == (True, "Gửi báo giá 12 triệu.")
    page = desk.get("/operator/plans/offers").text
    assert "Không ai đang chờ." in page
    assert "12 triệu" in page
    assert Record.objects.filter(act="answer_offer").exists()


def test_the_contact_is_set(desk: Client, portal: Portal) -> None:
    desk.post("/operator/plans", {"email": "gia@example.vn"})
    portal.refresh_from_db()
    assert portal.contact_email == "gia@example.vn"


def test_credits_are_given_with_a_reason_and_once(
    desk: Client, organization: Organization, make_plan: MakePlan
) -> None:
    make_plan("thuong")
    door = f"/operator/plans/organizations/{organization.slug}"
    assert desk.post(f"{door}/credits", {"key": random_id(), "count": "2", "reason": ""}).status_code == 400
    gift = {"key": random_id(), "count": "2", "reason": "Đền bài đăng lỗi"}
    for _ in range(2):
        assert "Đền bài đăng lỗi" in desk.post(f"{door}/credits", gift, follow=True).text
    assert (Credit.objects.count(), standing(organization).credits) == (1, 2)


def test_a_plan_by_contract_is_one_organizations_and_is_opened(desk: Client, organization: Organization) -> None:
    door = f"/operator/plans/organizations/{organization.slug}"
    desk.post(f"{door}/contract", {**WRITTEN, "name_vi": "Theo hợp đồng", "allowance": "", "months": "12"})
    plan = offered_to(organization).get()
    assert (plan.organization, plan.allowance) == (organization, None)
    given: dict[str, Any] = {
        "key": random_id(),
        "plan": plan.pk,
        "reason": "hợp đồng số 1",
        "starts_on": "",
        "months": "",
    }
    for _ in range(2):
        desk.post(f"{door}/term", given)
    assert Term.objects.get().plan == plan
    assert standing(organization).is_unlimited
    assert Record.objects.get(act="grant").detail["reason"] == "hợp đồng số 1"
    assert organization.name in desk.get("/operator/plans/organizations").text
    assert organization.name in desk.get("/operator/plans/organizations?q=sao mai").text


def test_the_desk_leads_there(desk: Client) -> None:
    assert 'href="/operator/plans"' in desk.get("/operator/").text
