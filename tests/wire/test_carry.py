"""carry: every notice reaches every outlet, once settled, and one outlet's trouble is its own."""

from datetime import timedelta

import pytest

from loa.archive.models import Notice
from loa.lib import clock
from loa.portals.models import Portal
from loa.wire import queries
from loa.wire.actions import carry
from loa.wire.actions.beat import beat
from loa.wire.actions.carry import carry_due, claim
from loa.wire.actions.expand import expand
from loa.wire.models import Delivery, State
from loa.wire.outlets import Outlet
from tests.entries import make_entry, make_portal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notices() -> None:
    portal = make_portal()
    make_entry(portal, "một")
    make_entry(portal, "hai")


def test_each_notice_goes_once_to_each_outlet() -> None:
    taken: list[int] = []
    outlets = {"a": Outlet(lambda notice: taken.append(notice.pk))}
    assert expand(outlets) == 2
    assert expand(outlets) == 0
    assert carry_due(outlets) == 2
    assert carry_due(outlets) == 0
    assert taken == list(Notice.objects.order_by("id").values_list("id", flat=True))


def test_a_new_outlet_catches_up() -> None:
    a, b = {"a": Outlet(lambda _: None)}, {"b": Outlet(lambda _: None)}
    expand(a)
    assert expand({**a, **b}) == 2
    assert Delivery.objects.count() == 4


def test_a_failing_outlet_blocks_nobody_and_waits() -> None:
    def fail(_: Notice) -> None:
        raise RuntimeError("down")

    outlets = {"bad": Outlet(fail), "good": Outlet(lambda _: None)}
    expand(outlets)
    assert carry_due(outlets) == 4  # else the worker would pause before what is due behind the bad ones
    waiting = Delivery.objects.filter(outlet="bad")
    assert {row.attempts for row in waiting} == {1}
    assert carry_due(outlets) == 0
    waiting.update(not_before=clock.now())
    assert carry_due({"bad": Outlet(lambda _: None)}) == 2
    assert queries.lags() == []


def test_one_bad_notice_does_not_stop_those_carried_with_it() -> None:
    first = Notice.objects.order_by("id")[0].pk

    def take(notice: Notice) -> None:
        if notice.pk == first:
            raise ValueError("bad")

    def take_all(notices: list[Notice]) -> None:
        for notice in notices:
            take(notice)

    outlets = {"a": Outlet(take, take_all)}
    expand(outlets)
    assert carry_due(outlets) == 2
    assert Delivery.objects.get(notice_id=first).state == State.PENDING


def test_the_index_waits_for_few_of_those_who_take_one_at_a_time() -> None:
    """A hundred releases in one minute: the next one is found before every author has had their mail."""
    portal, found, mailed = Portal.objects.get(), list[int](), list[int]()
    outlets = {
        "search": Outlet(lambda one: found.append(one.pk), lambda many: found.extend(one.pk for one in many)),
        "author-mail": Outlet(lambda one: mailed.append(one.pk)),
    }
    for number in range(10):
        make_entry(portal, f"số {number}")
    expand(outlets)
    carry_due(outlets)
    assert (len(found), len(mailed)) == (12, carry.ONE_BY_ONE)
    make_entry(portal, "mới")
    expand(outlets)
    carry_due(outlets)
    assert (len(found), len(mailed)) == (13, 2 * carry.ONE_BY_ONE)


def test_a_dead_workers_delivery_is_taken_up() -> None:
    outlets = {"a": Outlet(lambda _: None)}
    expand(outlets)
    row = Delivery.objects.order_by("id")[0]
    assert claim(row)
    assert not claim(row)
    assert carry_due(outlets) == 1
    Delivery.objects.filter(state=State.LEASED).update(lease_until=clock.now() - timedelta(seconds=1))
    assert carry_due(outlets) == 1


def test_a_beat_says_the_worker_lives() -> None:
    assert not queries.is_alive()
    beat()
    assert queries.is_alive()
