"""Ordering: by owners only, at the price of the row, once per form."""

import pytest

from loa.accounts.models import Person
from loa.audit.queries import of
from loa.billing.actions.cancel_order import cancel_order
from loa.billing.actions.order import Details, order
from loa.billing.errors import NoSeller, NotForSale, NotOwner, Suspended, WrongState
from loa.billing.models import Order
from loa.billing.queries import books, orders
from loa.billing.rules import codes
from loa.billing.states import State
from loa.lib import clock
from loa.organizations.models import Membership, Organization
from loa.plans.models import Plan
from tests.billing.conftest import Buy, Pay
from tests.conftest import MakePerson


def test_it_has_a_code_and_the_price_of_the_plan(buy: Buy, details: Details, organization: Organization) -> None:
    made = buy()
    assert codes.read(made.code) == made.code
    assert (made.amount, made.currency, made.state, made.missing) == (2_160_000, "VND", State.OPEN, 2_160_000)
    kept = orders.buyer(organization)
    assert kept is not None and kept.tax_code == details.tax_code
    assert of(f"order:{made.code}").get().act == "order"


def test_single_releases_are_counted_and_plans_are_not(buy: Buy) -> None:
    assert buy("le", 3).amount == 1_500_000
    assert buy(quantity=3).amount == 2_160_000


def test_the_same_form_sent_twice_orders_once(buy: Buy) -> None:
    assert buy(key="a") == buy(key="a")
    assert Order.objects.count() == 1


def test_a_price_that_changes_later_changes_no_order(buy: Buy, plan: Plan, pay: Pay) -> None:
    made = buy()
    Plan.objects.filter(pk=plan.pk).update(price=9_000_000)
    pay(2_160_000, made.code)
    made.refresh_from_db()
    assert made.state == State.PAID


def test_strangers_and_writers_cannot_order(
    buy: Buy, organization: Organization, details: Details, stranger: Person, make_person: MakePerson
) -> None:
    writer = make_person("Chi")
    Membership.objects.create(organization=organization, person=writer)
    for person in (stranger, writer):
        with pytest.raises(NotOwner):
            order(person, organization, plan="le", quantity=1, details=details, language="vi", key="x")
        assert orders.get_for_owner(person, organization.slug, portal_id=organization.portal_id) is None


@pytest.mark.parametrize(("slug", "quantity"), [("khong-co", 1), ("le", 0), ("le", 101), ("le", -1)])
def test_what_is_not_for_sale_is_refused(buy: Buy, slug: str, quantity: int) -> None:
    with pytest.raises(NotForSale):
        buy(slug, quantity)


def test_a_plan_that_costs_nothing_is_not_ordered(buy: Buy, plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(price=0)
    with pytest.raises(NotForSale):
        buy()


def test_a_suspended_organization_buys_nothing(buy: Buy, organization: Organization) -> None:
    Organization.objects.filter(pk=organization.pk).update(suspended_at=clock.now())
    with pytest.raises(Suspended):
        buy()


def test_a_portal_without_a_seller_sells_nothing(
    an: Person, organization: Organization, plan: Plan, details: Details
) -> None:
    with pytest.raises(NoSeller):
        order(an, organization, plan=plan.slug, quantity=1, details=details, language="vi", key="x")


def test_a_cancelled_order_gives_back_what_came(buy: Buy, pay: Pay, an: Person, stranger: Person) -> None:
    made = buy()
    transfer = pay(1_000_000, made.code)
    with pytest.raises(NotOwner):
        cancel_order(stranger, made)
    for _ in range(2):
        cancelled = cancel_order(an, made)
    transfer.refresh_from_db()
    assert (cancelled.state, cancelled.paid, transfer.unallocated) == (State.CANCELLED, 0, 1_000_000)
    assert books.faults(made.portal) == []


def test_a_paid_order_is_not_cancelled(buy: Buy, pay: Pay, an: Person) -> None:
    made = buy()
    pay(2_160_000, made.code)
    with pytest.raises(WrongState):
        cancel_order(an, made)
