"""The public side: prices as they are offered now, and a form to ask for others."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from loa.accounts.models import Person
from loa.audit.actions.record import SYSTEM
from loa.edge.actions.purge import generations
from loa.lib import clock
from loa.mail.models import Message
from loa.organizations.models import Membership, Organization
from loa.plans.actions.edit_plan import edit_plan
from loa.plans.models import OfferRequest, Plan
from loa.plans.queries import free_plan
from loa.portals.models import Portal, StaticPage
from tests.plans.conftest import MakePlan

ASKED = {"organization_name": "Sao Mai", "name": "Lan", "email": "lan@example.vn", "wish": "Năm tổ chức, hợp đồng."}
FIELDS = {
    "kind": "plan", "name_vi": "Thường", "name_en": "Regular", "price": 2_000_000, "currency": "VND", "months": 1,
    "allowance": 4, "included_vi": "", "included_en": "", "audience": "everyone", "is_offered": True, "position": 0,
}  # fmt: skip


def say(portal: Portal, body: str) -> None:
    StaticPage.objects.create(portal=portal, slug="pricing", language="vi", title="Giá", body_html=body)


def test_a_portal_without_plans_shows_its_operators_words(client: Client, portal: Portal) -> None:
    assert client.get("/pricing").status_code == 404
    StaticPage.objects.create(
        portal=portal, slug="pricing", language="vi", title="Giá", body_html="<p>Chưa có giá.</p>"
    )
    page = client.get("/pricing").text
    assert "Chưa có giá." in page
    assert "Hỏi giá riêng" not in page


def test_the_plans_stand_below_them_in_each_language(
    client: Client,
    portal: Portal,
    make_plan: MakePlan,
    newcomer: Organization,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    say(portal, "<p>Lời đầu.</p>")
    make_plan("thuong", name_vi="Thường", name_en="Regular", included_vi="Ảnh\nVideo", included_en="Pictures\nVideos")
    make_plan(
        "tang", 0, kind="free", name_vi="Tặng", name_en="Given", included_vi="Ảnh", included_en="Pictures", allowance=1
    )
    make_plan("cong", 500_000, audience="public", name_vi="Công", name_en="Public")
    make_plan("le", 300_000, kind="credit", name_vi="Lẻ", name_en="Single")
    make_plan("rieng", organization=newcomer, name_vi="Của riêng")
    make_plan("cu", name_vi="Không bán nữa", is_offered=False)
    with django_assert_max_num_queries(6):
        vietnamese = client.get("/pricing")
    assert vietnamese.headers["Cache-Control"] == "public, max-age=30"
    assert not vietnamese.cookies
    shown = ["Lời đầu.", "2.000.000\N{NO-BREAK SPACE}₫", "/ tháng", "300.000\N{NO-BREAK SPACE}₫", "Cơ quan nhà nước"]
    for said in [*shown, "4 thông cáo mỗi tháng", "/pricing/offer", "/desk/plan?plan=thuong"]:
        assert said in vietnamese.text, said
    for unsaid in ("Của riêng", "Không bán nữa"):
        assert unsaid not in vietnamese.text
    english = client.get("/en/pricing").text
    for said in ("Regular", "VND\N{NO-BREAK SPACE}2,000,000", "a month", "4 releases a month", "Videos"):
        assert said in english, said


def test_an_edit_makes_the_kept_price_page_stale(
    portal: Portal, django_capture_on_commit_callbacks: Any, settings: Settings
) -> None:
    before = list(generations(Path(settings.LOA_HOME)).table)
    with django_capture_on_commit_callbacks(execute=True):
        edit_plan(SYSTEM, portal=portal, slug="thuong", fields=FIELDS)
    assert list(generations(Path(settings.LOA_HOME)).table) != before


def test_an_edit_is_a_new_row_and_the_same_again_is_none(portal: Portal) -> None:
    first = edit_plan(SYSTEM, portal=portal, slug="thuong", fields=FIELDS)
    assert edit_plan(SYSTEM, portal=portal, slug="thuong", fields=FIELDS) == first
    second = edit_plan(SYSTEM, portal=portal, slug="thuong", fields={**FIELDS, "price": 3_000_000})
    first.refresh_from_db()
    assert (first.price, first.valid_until) == (2_000_000, second.valid_from)


def test_a_price_announced_for_later_may_be_announced_anew(portal: Portal) -> None:
    first = edit_plan(SYSTEM, portal=portal, slug="thuong", fields=FIELDS)
    later = clock.now() + timedelta(days=30)
    for price in (3_000_000, 4_000_000):
        edit_plan(SYSTEM, portal=portal, slug="thuong", fields={**FIELDS, "price": price}, valid_from=later)
    first.refresh_from_db()
    assert first.valid_until == later
    assert list(Plan.objects.order_by("pk").values_list("price", flat=True)) == [2_000_000, 4_000_000]


def test_what_is_free_is_the_closest_row(organization: Organization, make_plan: MakePlan) -> None:
    everyone = make_plan("chung", 0, kind="free")
    public = make_plan("cong", 0, kind="free", audience="public")
    assert free_plan(organization) == everyone
    organization.kind = "hospital"
    assert free_plan(organization) == public
    own = make_plan("rieng", 0, kind="free", organization=organization)
    assert free_plan(organization) == own


def test_asking_for_an_offer_reaches_the_contact(
    client: Client, portal: Portal, moderator: Person, operator: Person
) -> None:
    assert client.get("/pricing/offer").headers["Cache-Control"] == "public, max-age=60"
    assert "Cảm ơn" in client.post("/pricing/offer", ASKED).text
    message = Message.objects.get()
    assert (message.to, message.headers["Reply-To"]) == (operator.email, "lan@example.vn")
    assert "Năm tổ chức" in message.text
    portal.contact_email = "gia@example.vn"
    portal.save()
    client.post("/en/pricing/offer", ASKED)
    assert Message.objects.latest("pk").to == "gia@example.vn"
    assert OfferRequest.objects.latest("pk").language == "en"


@pytest.mark.parametrize(
    ("changed", "headers", "status"),
    [
        ({"website": "http://spam.example"}, {}, 200),
        ({"email": "không phải"}, {}, 422),
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_machines_and_mistakes_leave_nothing(
    client: Client, portal: Portal, changed: dict[str, str], headers: dict[str, str], status: int
) -> None:
    answer = client.post("/pricing/offer", {**ASKED, **changed}, headers=headers)
    assert answer.status_code == status
    assert not OfferRequest.objects.exists()
    assert status == 200 or "Năm tổ chức, hợp đồng." in answer.text


def test_too_many_are_refused_and_keep_what_was_typed(client: Client, portal: Portal) -> None:
    for _ in range(5):
        client.post("/pricing/offer", ASKED)
    answer = client.post("/pricing/offer", ASKED)
    assert (answer.status_code, "Năm tổ chức" in answer.text) == (429, True)


def test_a_plan_leads_to_the_order_of_ones_organization(
    client: Client, an: Person, stranger: Person, organization: Organization, make_plan: MakePlan
) -> None:
    make_plan("thuong")
    assert "/accounts/login/" in client.get("/desk/plan?plan=thuong")["Location"]
    client.force_login(stranger)
    assert client.get("/desk/plan?plan=thuong")["Location"] == "/desk/organizations/new"
    client.force_login(an)
    order = f"/desk/o/{organization.slug}/orders/new?plan=thuong"
    assert client.get("/desk/plan?plan=thuong")["Location"] == order
    assert client.get("/en/desk/plan?plan=co-dau")["Location"] == f"/en/desk/o/{organization.slug}/plan"


def test_writers_are_led_to_the_page_that_says_who_orders(
    client: Client, stranger: Person, organization: Organization, make_plan: MakePlan
) -> None:
    make_plan("thuong")
    Membership.objects.create(organization=organization, person=stranger)
    client.force_login(stranger)
    answer = client.get("/desk/plan?plan=thuong", follow=True)
    assert answer.redirect_chain == [(f"/desk/o/{organization.slug}/plan", 302)]
    assert "Chỉ chủ tài khoản đổi được gói." in answer.text
    assert "/orders/" not in answer.text
    assert "/invoices" not in answer.text


def test_of_several_organizations_they_say_which(
    client: Client, an: Person, organization: Organization, newcomer: Organization, make_plan: MakePlan
) -> None:
    make_plan("thuong")
    client.force_login(an)
    page = client.get("/desk/plan?plan=thuong").text
    assert all(f"/desk/o/{one.slug}/orders/new?plan=thuong" in page for one in (organization, newcomer))
