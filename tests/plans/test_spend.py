"""spend: a first publication is counted once, in the transaction that publishes, and corrections are free."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.archive.queries import address
from loa.audit.models import Record
from loa.lib import clock
from loa.moderation.actions.approve import approve
from loa.moderation.actions.take_in import take_in
from loa.organizations.actions.found import found
from loa.organizations.models import Organization
from loa.plans.actions.add_credits import add_credits
from loa.plans.actions.grant import grant
from loa.plans.errors import AllowanceSpent
from loa.plans.models import Credit, Spending, Term
from loa.plans.queries import standing
from loa.releases.actions import submit as submitting
from loa.releases.actions.correct import correct
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write
from tests.plans.conftest import MakePlan


def left(organization: Organization) -> tuple[int | None, int | None, int]:
    found = standing(organization)
    return found.left, found.free_left, found.credits


def test_without_plans_nothing_is_counted(put_out: Callable[..., Entry]) -> None:
    put_out()
    assert not Spending.objects.exists()


def test_the_paid_term_goes_first_then_the_free_month_then_credits(
    an: Person, organization: Organization, make_plan: MakePlan, put_out: Callable[..., Entry]
) -> None:
    grant(actor(an), organization, make_plan("thuong", allowance=1), key="order:1")
    make_plan("tang", 0, kind="free", allowance=1)
    add_credits(actor(an), organization, 1, key="order:2")
    found = []
    for _ in range(3):
        found.append(left(organization))
        put_out()
    assert found == [(1, 1, 1), (0, 1, 1), (0, 0, 1)]
    assert left(organization) == (0, 0, 0)
    assert [str(row.term or row.credit) for row in Spending.objects.order_by("pk")][::2] == ["order:1", "order:2"]
    assert Record.objects.filter(act="publish").first().detail == {"spent": "order:1"}  # type: ignore[union-attr]


def test_of_two_terms_the_one_that_ends_first_goes_first(
    an: Person, organization: Organization, make_plan: MakePlan, put_out: Callable[..., Entry]
) -> None:
    year = grant(actor(an), organization, make_plan("nam", months=12), key="order:1")
    month = grant(actor(an), organization, make_plan("thang", 9_000_000), key="order:2")
    put_out()
    assert [Term.objects.get(pk=term.pk).spent for term in (year, month)] == [0, 1]


def test_it_refuses_politely_and_keeps_the_draft(
    an: Person, organization: Organization, make_plan: MakePlan, put_out: Callable[..., Entry], write: Write
) -> None:
    make_plan("tang", 0, kind="free", allowance=1)
    put_out()
    release = write()
    with pytest.raises(AllowanceSpent) as refused:
        take_in(an, release)
    assert refused.value.renews_at is not None
    assert refused.value.renews_at > clock.now()
    assert Release.objects.get(pk=release.pk).state == State.DRAFT
    add_credits(actor(an), organization, 1, key="gift")
    assert take_in(an, release) == "published"


def test_a_repeated_publish_spends_once(
    an: Person, organization: Organization, make_plan: MakePlan, write: Write
) -> None:
    grant(actor(an), organization, make_plan("thuong"), key="order:1")
    release = submit(an, write())
    assert publish(actor(an), release) == publish(actor(an), release)
    assert (Spending.objects.count(), left(organization)[0]) == (1, 3)


def test_corrections_are_free(an: Person, organization: Organization, make_plan: MakePlan, write: Write) -> None:
    grant(actor(an), organization, make_plan("thuong", allowance=1), key="order:1")
    release = submit(an, write())
    publish(actor(an), release)
    release.refresh_from_db()
    fields = {"headline": "Một tiêu đề khác"}
    correct(actor(an), release, fields=fields, reason="sai chữ", expected_revision=release.revision)
    assert Spending.objects.count() == 1


def test_nothing_published_leaves_when_the_plan_ends(
    client: Any, an: Person, organization: Organization, make_plan: MakePlan, write: Write
) -> None:
    term = grant(actor(an), organization, make_plan("thuong"), key="order:1")
    release = submit(an, write())
    entry = publish(actor(an), release)
    Term.objects.filter(pk=term.pk).update(starts_at=clock.now() - timedelta(days=9), ends_at=clock.now())
    with pytest.raises(AllowanceSpent):
        take_in(an, write())
    assert client.get(address(entry)).status_code == 200
    release.refresh_from_db()
    correct(actor(an), release, fields={"lead": "Sáu tấn."}, reason="sai số", expected_revision=release.revision)


def test_what_came_from_elsewhere_and_from_the_desk_is_free(
    an: Person, organization: Organization, make_plan: MakePlan, write: Write
) -> None:
    make_plan("tang", 0, kind="free", allowance=1)
    for _ in range(2):
        publish(actor(an), submit(an, write()), published_at=clock.now() - timedelta(days=900))
    desk = found(an, portal=organization.portal, name="Ban biên tập", kind="portal_desk")
    for _ in range(2):
        publish(actor(an), submit(an, write(desk)))
    assert not Spending.objects.exists()


def test_the_queue_is_entered_with_something_left_and_spent_at_publishing(
    an: Person, newcomer: Organization, moderator: Person, make_plan: MakePlan, write: Write
) -> None:
    make_plan("tang", 0, kind="free", allowance=1)
    first, second = write(newcomer), write(newcomer)
    assert (take_in(an, first), take_in(an, second)) == ("queued", "queued")
    assert not Spending.objects.exists()
    approve(moderator, Release.objects.get(pk=first.pk))
    with pytest.raises(AllowanceSpent):
        approve(moderator, Release.objects.get(pk=second.pk))
    assert Release.objects.get(pk=second.pk).state == State.SUBMITTED


def test_where_another_was_quicker_it_is_a_draft_again(
    an: Person, organization: Organization, make_plan: MakePlan, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plan("tang", 0, kind="free", allowance=0)
    monkeypatch.setattr(submitting, "has_allowance", lambda release: True)
    release = write()
    with pytest.raises(AllowanceSpent):
        take_in(an, release)
    assert Release.objects.get(pk=release.pk).state == State.DRAFT
    assert not Entry.objects.exists()


def test_credits_are_spent_in_the_order_they_came(
    an: Person, organization: Organization, make_plan: MakePlan, put_out: Callable[..., Entry]
) -> None:
    make_plan("thuong")
    for key in ("a", "b"):
        add_credits(actor(an), organization, 1, key=key)
    put_out()
    assert [credit.spent for credit in Credit.objects.order_by("pk")] == [1, 0]


def test_the_writing_desk_says_what_is_used_up(
    client: Any,
    an: Person,
    organization: Organization,
    make_plan: MakePlan,
    put_out: Any,
    write: Write,
) -> None:
    make_plan("tang", 0, kind="free", allowance=1)
    make_plan("le", 500_000, kind="credit")
    client.force_login(an)
    release = write()
    door = f"/desk/releases/{release.public_id}"
    assert "tổ chức còn 1 lượt" in client.get(f"{door}/submit").text
    put_out()
    for page in (client.get(door), client.get(f"{door}/submit")):
        assert "đã dùng hết 1 thông cáo miễn phí của tháng này" in page.text
        assert "Mua một lượt lẻ (500.000\N{NO-BREAK SPACE}₫)" in page.text
        assert f"/desk/o/{organization.slug}/orders/new?plan=le" in page.text
    answer = client.post(f"{door}/submit")
    assert answer.status_code == 402
    assert "hết lượt" in answer.text
    assert "used all of this month" in client.get(f"/en{door}/submit").text


def test_the_moderator_is_told_and_the_author_may_take_it_back(
    client: Any, an: Person, newcomer: Organization, moderator: Person, make_plan: MakePlan, write: Write
) -> None:
    plan = make_plan("tang", 0, kind="free", allowance=1)
    release = write(newcomer)
    take_in(an, release)
    plan.allowance = 0
    plan.save()
    client.force_login(moderator)
    door = f"/moderation/{release.public_id}"
    assert "đã hết lượt đăng" in client.get(door).text
    assert "vẫn chờ ở đây" in client.post(f"{door}/approve", follow=True).text
    client.force_login(an)
    assert "Lấy về" in client.get(f"/desk/releases/{release.public_id}").text
    client.post(f"/desk/releases/{release.public_id}/recall")
    assert Release.objects.get(pk=release.pk).state == State.DRAFT
