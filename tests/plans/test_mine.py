"""An organization's own page: members look, owners cancel and choose; reminders come three times and no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.models import Record
from loa.mail.models import Message
from loa.organizations.errors import NotOwner
from loa.organizations.models import Membership, Organization
from loa.plans.actions.cancel import cancel, resume
from loa.plans.actions.choose_next import choose_next
from loa.plans.actions.grant import grant
from loa.plans.actions.remind_due import remind_due
from loa.plans.actions.spend import spend
from loa.plans.errors import NoTerm, NotOffered
from loa.plans.models import Term
from tests.conftest import MakePerson
from tests.plans.conftest import MakePlan


@pytest.fixture
def term(an: Person, organization: Organization, make_plan: MakePlan) -> Term:
    return grant(actor(an), organization, make_plan("thuong", name_en="Regular"), key="order:1")


def test_it_shows_what_there_is_and_what_it_went_on(
    client: Client, an: Person, organization: Organization, term: Term, make_plan: MakePlan
) -> None:
    make_plan("nho", 900_000)
    make_plan("lon", 5_000_000)
    make_plan("tang", 0, kind="free", allowance=2)
    spend(organization, key="release:abc", label="Vụ lúa hữu cơ")
    client.force_login(an)
    page = client.get(f"/desk/o/{organization.slug}/plan").text
    for said in ("Vụ lúa hữu cơ", "/desk/releases/abc", "Nâng lên ngay", "Đặt cho kỳ sau", "Trả trước kỳ sau"):
        assert said in page
    assert 'max="4" value="1"' in page
    english = client.get(f"/en/desk/o/{organization.slug}/plan").text
    for said in (
        "Regular",
        "VND\N{NO-BREAK SPACE}5,000,000",
        "Upgrade now",
        f"/en/desk/o/{organization.slug}/orders/new",
    ):
        assert said in english


def test_strangers_find_nothing_and_writers_only_look(
    client: Client, stranger: Person, make_person: MakePerson, organization: Organization, term: Term
) -> None:
    door = f"/desk/o/{organization.slug}/plan"
    assert client.get(door).status_code == 302
    client.force_login(stranger)
    assert client.get(door).status_code == 404
    writer = make_person("Cuong")
    Membership.objects.create(organization=organization, person=writer)
    client.force_login(writer)
    assert "Hủy gói" not in client.get(door).text
    assert "Chỉ chủ tài khoản" in client.post(f"{door}/cancel", follow=True).text
    term.refresh_from_db()
    assert term.cancelled_at is None


def test_it_cancels_in_one_click_and_takes_that_back(
    client: Client, an: Person, organization: Organization, term: Term
) -> None:
    client.force_login(an)
    door = f"/desk/o/{organization.slug}/plan"
    assert client.get(f"{door}/cancel").status_code == 405
    for _ in range(2):
        assert "Bỏ lời hủy" in client.post(f"{door}/cancel", follow=True).text
    term.refresh_from_db()
    assert (term.cancelled_at is not None, term.left) == (True, 4)
    assert "Hủy gói" in client.post(f"{door}/resume", follow=True).text
    assert Record.objects.filter(act__in=["cancel_plan", "resume_plan"]).count() == 2


def test_it_refuses_what_cannot_be(
    an: Person, stranger: Person, organization: Organization, newcomer: Organization, make_plan: MakePlan, term: Term
) -> None:
    with pytest.raises(NotOwner):
        cancel(stranger, organization)
    with pytest.raises(NoTerm):
        resume(an, newcomer)
    with pytest.raises(NotOffered):
        choose_next(an, organization, "khong-co")
    make_plan("rieng", organization=newcomer)
    with pytest.raises(NotOffered):
        choose_next(an, organization, "rieng")


def test_reminders_come_fourteen_and_three_days_before_and_on_the_day(organization: Organization, term: Term) -> None:
    counts = []
    for days in (20, 14, 13, 3, 2, 0, 0):
        counts.append(remind_due(term.ends_at - timedelta(days=days)))
        remind_due(term.ends_at - timedelta(days=days))
    assert counts == [0, 1, 0, 1, 0, 1, 0]
    assert remind_due(term.ends_at + timedelta(days=2)) == 0
    subjects = list(Message.objects.order_by("pk").values_list("subject", flat=True))
    assert [("sắp" in said, "hôm nay" in said) for said in subjects] == [(True, False), (True, False), (False, True)]
    assert f"/desk/o/{organization.slug}/orders/new?plan=thuong" in Message.objects.first().text  # type: ignore[union-attr]
    assert "không tự gia hạn" in Message.objects.first().text  # type: ignore[union-attr]


def test_after_a_pause_only_the_latest_is_told(term: Term) -> None:
    assert remind_due(term.ends_at) == 1
    assert "hôm nay" in Message.objects.get().subject


def test_the_reminder_leads_to_the_plan_they_chose(
    an: Person, organization: Organization, term: Term, make_plan: MakePlan
) -> None:
    make_plan("nho", 900_000)
    cancel(an, organization)
    choose_next(an, organization, "nho")
    remind_due(term.ends_at - timedelta(days=3))
    assert "orders/new?plan=nho" in Message.objects.get().text


def test_who_cancelled_or_has_paid_is_left_in_peace(an: Person, organization: Organization, term: Term) -> None:
    cancel(an, organization)
    assert remind_due(term.ends_at - timedelta(days=3)) == 0
    resume(an, organization)
    grant(actor(an), organization, term.plan, key="order:2")
    assert remind_due(term.ends_at - timedelta(days=3)) == 0


def test_without_plans_the_page_says_so(client: Client, an: Person, organization: Organization) -> None:
    client.force_login(an)
    page: Any = client.get(f"/desk/o/{organization.slug}/plan")
    assert "không giới hạn" in page.text
