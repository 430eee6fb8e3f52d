"""Much that is brought in is found at once, without a worker; what could not be indexed is left to one."""

from collections.abc import Sequence
from typing import Any, cast

import pytest
from pytest_django import DjangoAssertNumQueries

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.imports.actions import carry, render
from loa.imports.actions.carry import Carrier, Wire
from loa.lib import clock
from loa.portals.models import Portal
from loa.search import queries as search
from loa.search import record
from loa.search.load import Load, write
from loa.topics.models import Topic
from loa.wire import queries as wire
from loa.wire.actions.carry import carry_due
from loa.wire.actions.expand import expand
from loa.wire.actions.take_on import settle, take_on
from loa.wire.models import Delivery, State
from loa.wire.outlets import OUTLETS
from tests.entries import make_entry, make_portal
from tests.imports.conftest import Run, row

pytestmark = pytest.mark.django_db
WIRE = Wire(take_on, settle)


class Here:
    """A process beside that is none: it says what it was told to."""

    def __init__(self, answer: bool | None) -> None:
        self.answer, self.is_started, self.is_ready, self.loads = answer, False, False, list[Load]()

    def begin(self, load: Load) -> None:
        self.is_started = True
        self.loads.append(load)

    def fetch(self) -> bool:
        if self.answer is None:
            raise EOFError
        return self.answer and write(self.loads.pop(0))


def carried(answer: bool | None, entries: Sequence[Entry], monkeypatch: pytest.MonkeyPatch) -> Here:
    """What a carrier did with entries that were shelved just now."""
    monkeypatch.setattr(carry, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(carry, "AT_ONCE", 1)
    beside: Any = Here(answer)
    carrier = Carrier(WIRE, beside)
    carrier.take_on(entries)
    carrier.carry()
    carrier.finish()
    return beside


def carrying(beside: Here, monkeypatch: pytest.MonkeyPatch) -> Carrier:
    """A carrier of loads of one entry, into an index that is there."""
    monkeypatch.setattr(carry, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(carry, "AT_ONCE", 1)
    search.engine().rebuild([])
    return Carrier(WIRE, cast("Any", beside))


def test_much_is_found_when_the_command_ends(run: Run, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "WORTH_A_PROCESS", 2)
    monkeypatch.setattr(carry, "WORTH_A_PROCESS", 2)
    monkeypatch.setattr(carry, "AT_ONCE", 2)
    Topic.objects.create(qcode="medtop:04000000", labels={"vi": "Kinh tế học"})
    run(*(row(number, topics=["medtop:04000000"]) for number in range(3)), wire=WIRE, qcodes={"medtop:04000000"})
    assert search.search(portal.pk, "kinh te hoc sao mai").total == 3
    for window in record.windows():
        assert not search.engine().check(window.expected)
    assert set(Delivery.objects.values_list("outlet", "state")) == {("search-past", State.DONE)}


def test_what_is_indexed_here_is_what_a_rebuild_would_index(
    run: Run, portal: Portal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    topics = {f"medtop:{number}" for number in (1, 2)}
    Topic.objects.bulk_create(Topic(qcode=qcode, labels={"vi": qcode}) for qcode in sorted(topics))
    run(*(row(number, topics=sorted(topics)[:number]) for number in range(4)), qcodes=topics)
    entries = list(Entry.objects.select_related("current"))
    with django_assert_num_queries(7):  # as many for a thousand
        found = record.documents_of_many(entries)
    assert {one.key: one for one in found} == {one.key: one for one in record.everything()}


def test_the_worker_adds_nothing_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    carried(True, [make_entry(make_portal(), "lúa")], monkeypatch)
    expand({"search-past": OUTLETS["search-past"]})
    assert (Delivery.objects.count(), carry_due(OUTLETS)) == (1, 0)


@pytest.mark.parametrize("answer", [False, None])
def test_what_could_not_be_indexed_is_left_to_a_worker(
    answer: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    portal = make_portal()
    search.engine().rebuild([])
    carried(answer, [make_entry(portal, "lúa")], monkeypatch)
    assert search.search(portal.pk, "lua").total == 0
    assert carry_due(OUTLETS) == 1
    assert search.search(portal.pk, "lua").total == 1


def test_what_a_killed_run_left_is_due_when_its_lease_runs_out() -> None:
    portal = make_portal()
    make_entry(portal, "lúa")
    take_on(archive.everything(portal.pk))
    assert not wire.due(clock.now(), "search-past").exists()
    Delivery.objects.update(lease_until=clock.now())
    assert carry_due(OUTLETS) == 1


def test_a_few_are_left_to_a_worker(run: Run, run_wire: Any, portal: Portal) -> None:
    run(row(), wire=WIRE)
    assert not Delivery.objects.exists()
    run_wire()
    assert search.search(portal.pk, "sao mai").total == 1


@pytest.mark.parametrize("a_commit", [1, 2, 100])
def test_loads_are_carried_one_behind_the_other(a_commit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    beside, portal = Here(True), make_portal()
    carrier = carrying(beside, monkeypatch)
    monkeypatch.setattr(carry, "A_COMMIT", a_commit)
    for number in range(5):
        carrier.take_on([make_entry(portal, f"lúa {number}")])
        carrier.carry()
        assert len(beside.loads) == min(number + 1, carry.MOST_IN_HAND)
    carrier.finish()
    assert search.search(portal.pk, "lua").total == 5
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DONE}


def test_nothing_counts_as_indexed_before_its_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    beside, portal = Here(True), make_portal()
    carrier = carrying(beside, monkeypatch)
    monkeypatch.setattr(carry, "MOST_IN_HAND", 1)
    for number in range(3):
        carrier.take_on([make_entry(portal, f"lúa {number}")])
        carrier.carry()
    assert search.search(portal.pk, "lua").total == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.LEASED}
    carrier.finish()
    assert search.search(portal.pk, "lua").total == 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DONE}


def test_where_one_load_fails_all_of_its_commit_are_left_to_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    beside, portal = Here(True), make_portal()
    carrier = carrying(beside, monkeypatch)
    monkeypatch.setattr(carry, "MOST_IN_HAND", 1)
    for number, answer in enumerate([True, True, False]):  # of the load before
        beside.answer = answer
        carrier.take_on([make_entry(portal, f"lúa {number}")])
        carrier.carry()
    beside.answer = True
    carrier.finish()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.PENDING}
    assert carry_due(OUTLETS) == 3
    assert search.search(portal.pk, "lua").total == 3


def test_when_the_process_has_died_a_worker_does_the_rest(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    beside, portal = Here(None), make_portal()
    carrier = carrying(beside, monkeypatch)
    for number in range(carry.MOST_IN_HAND + 3):
        carrier.take_on([make_entry(portal, f"lúa {number}")])
        carrier.carry()
    carrier.finish()
    assert "a worker does the rest" in caplog.text
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.PENDING}
    assert carry_due(OUTLETS) == carry.MOST_IN_HAND + 1
