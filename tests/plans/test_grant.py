"""grant, add_credits, take_back: what was paid for is there once, and nothing paid for is lost."""

from datetime import UTC, datetime, timedelta

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.models import Record
from loa.lib import clock
from loa.organizations.models import Organization
from loa.plans.actions.add_credits import add_credits
from loa.plans.actions.grant import grant
from loa.plans.actions.take_back import take_back
from loa.plans.models import Credit, Term
from loa.plans.queries import buyable, choices, offered_to, standing
from loa.plans.rules import after_months, month_of, months_between
from tests.plans.conftest import MakePlan

ZONE = "Asia/Ho_Chi_Minh"


def test_a_plan_begins_now_and_ends_after_its_months(
    an: Person, organization: Organization, make_plan: MakePlan
) -> None:
    term = grant(actor(an), organization, make_plan("thuong", months=3), key="order:1")
    assert term.ends_at == after_months(term.starts_at, 3, "Asia/Ho_Chi_Minh")
    found = standing(organization)
    assert (found.plan, found.term, found.left) == (term.plan, term, 4)
    assert Record.objects.get(act="grant").subject == f"organization:{organization.pk}"


def test_the_same_key_grants_once(an: Person, organization: Organization, make_plan: MakePlan) -> None:
    plan = make_plan("thuong")
    assert grant(actor(an), organization, plan, key="order:1") == grant(actor(an), organization, plan, key="order:1")
    add_credits(actor(an), organization, 2, key="order:2")
    add_credits(actor(an), organization, 2, key="order:2")
    assert (Term.objects.count(), Credit.objects.count(), standing(organization).credits) == (1, 1, 2)
    assert Record.objects.filter(act__in=["grant", "add_credits"]).count() == 2


def test_what_is_paid_early_begins_when_the_first_ends(
    an: Person, organization: Organization, make_plan: MakePlan
) -> None:
    plan = make_plan("thuong")
    first = grant(actor(an), organization, plan, key="order:1")
    second = grant(actor(an), organization, plan, key="order:2")
    assert second.starts_at == first.ends_at
    assert standing(organization).left == 4
    assert standing(organization, second.starts_at).term == second


def test_a_higher_plan_begins_now_and_a_lower_one_at_the_end(
    an: Person, organization: Organization, make_plan: MakePlan
) -> None:
    first = grant(actor(an), organization, make_plan("thuong"), key="order:1")
    higher = grant(actor(an), organization, make_plan("lon", 5_000_000, allowance=10), key="order:2")
    lower = grant(actor(an), organization, make_plan("nho", 900_000), key="order:3")
    assert higher.starts_at < first.ends_at
    assert standing(organization).plan == higher.plan
    assert standing(organization).left == 14, "what is left of the first one stays"
    assert lower.starts_at == max(first.ends_at, higher.ends_at)


def test_a_year_at_a_better_price_is_on_one_level_with_its_months(
    an: Person, organization: Organization, make_plan: MakePlan
) -> None:
    by_month = make_plan("thang", 1_990_000, allowance=30)
    by_year = make_plan("nam", 19_900_000, months=12, allowance=360)
    year = grant(actor(an), organization, by_year, key="order:1")
    shown = {one.plan.slug: one.is_lower for one in choices(organization, standing(organization))}
    assert shown == {"thang": True, "nam": False}
    assert grant(actor(an), organization, by_month, key="order:2").starts_at == year.ends_at
    more = grant(actor(an), organization, make_plan("nhieu", 1_000, allowance=None), key="order:3")
    assert more.starts_at < year.ends_at


def test_after_a_refund_what_is_paid_for_later_begins_sooner(
    an: Person, organization: Organization, make_plan: MakePlan
) -> None:
    plan, year = make_plan("thuong"), make_plan("nam", 20_000_000, months=12, allowance=48)
    first, second, third, last = (
        grant(actor(an), organization, one, key=f"order:{number}")
        for number, one in enumerate([plan, plan, year, plan])
    )
    take_back(actor(an), second.key)
    assert spans(third, last) == [(first.ends_at, 12), (after_months(first.ends_at, 12, ZONE), 1)]
    before = clock.now()
    take_back(actor(an), first.key)
    third.refresh_from_db()
    assert before <= third.starts_at <= clock.now()
    assert spans(third, last) == [(third.starts_at, 12), (third.ends_at, 1)]
    assert standing(organization).term == third
    assert Record.objects.filter(act="take_back").latest("pk").detail["moved"] == [third.key, last.key]


def test_what_waits_for_another_plan_still_waits_after_a_refund(
    an: Person, organization: Organization, make_plan: MakePlan
) -> None:
    plan = make_plan("thuong")
    first = grant(actor(an), organization, plan, key="order:1")
    higher = grant(actor(an), organization, make_plan("lon", 5_000_000, months=3, allowance=30), key="order:2")
    later = grant(actor(an), organization, plan, key="order:3")
    take_back(actor(an), first.key)
    assert spans(later) == [(higher.ends_at, 1)]
    take_back(actor(an), higher.key)
    later.refresh_from_db()
    assert later.starts_at <= clock.now()


def spans(*terms: Term) -> list[tuple[datetime, int]]:
    """When each begins now, and for how many months it runs."""
    for term in terms:
        term.refresh_from_db()
        assert term.ends_at == after_months(term.starts_at, months_between(term.starts_at, term.ends_at, ZONE), ZONE)
    return [(term.starts_at, months_between(term.starts_at, term.ends_at, ZONE)) for term in terms]


def test_a_refund_takes_what_is_unspent(an: Person, organization: Organization, make_plan: MakePlan) -> None:
    term = grant(actor(an), organization, make_plan("thuong"), key="order:1")
    Term.objects.filter(pk=term.pk).update(spent=3)
    credit = add_credits(actor(an), organization, 5, key="order:1")
    Credit.objects.filter(pk=credit.pk).update(spent=1)
    for _ in range(2):
        take_back(actor(an), "order:1")
    term.refresh_from_db()
    credit.refresh_from_db()
    assert (term.allowance, term.spent, credit.count, credit.spent) == (3, 3, 1, 1)
    assert (standing(organization).plan, standing(organization).left, standing(organization).credits) == (None, 0, 0)
    assert Record.objects.filter(act="take_back").count() == 2
    take_back(actor(an), "never granted")


def test_a_new_price_is_a_new_row_and_old_terms_keep_theirs(
    an: Person, organization: Organization, make_plan: MakePlan
) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    old = make_plan("thuong", valid_until=tomorrow)
    term = grant(actor(an), organization, old, key="order:1")
    new = make_plan("thuong", 3_000_000, valid_from=tomorrow)
    assert buyable(organization, "thuong") == old
    assert buyable(organization, "thuong", tomorrow) == new
    assert term.plan.price == 2_000_000


def test_public_bodies_and_contracts_have_prices_of_their_own(
    organization: Organization, newcomer: Organization, make_plan: MakePlan
) -> None:
    make_plan("chung")
    make_plan("cong", audience="public")
    make_plan("rieng", organization=newcomer)
    make_plan("le", kind="credit")
    assert [plan.slug for plan in offered_to(organization)] == ["chung"]
    assert {plan.slug for plan in offered_to(newcomer)} == {"chung", "rieng"}
    organization.kind = "hospital"
    assert {plan.slug for plan in offered_to(organization)} == {"chung", "cong"}
    assert buyable(organization, "le") is not None


def test_a_portal_without_plans_limits_nobody(organization: Organization, make_plan: MakePlan) -> None:
    assert standing(organization).may_publish
    plan = make_plan("tang", 0, kind="free", allowance=1)
    assert (standing(organization).may_publish, standing(organization).free_left) == (True, 1)
    plan.delete()
    make_plan("thuong")
    assert not standing(organization).may_publish


def test_months_are_those_of_the_calendar() -> None:
    start = datetime(2024, 1, 31, 3, tzinfo=UTC)
    assert after_months(start, 1, "Asia/Ho_Chi_Minh") == datetime(2024, 2, 29, 3, tzinfo=UTC)
    assert after_months(start, 12, "Asia/Ho_Chi_Minh") == datetime(2025, 1, 31, 3, tzinfo=UTC)
    late = datetime(2024, 1, 31, 18, tzinfo=UTC)  # already the first of February in Vietnam
    assert month_of(late, "Asia/Ho_Chi_Minh") == (
        datetime(2024, 1, 31, 17, tzinfo=UTC), datetime(2024, 2, 29, 17, tzinfo=UTC),
    )  # fmt: skip
