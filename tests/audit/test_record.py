"""record: chains who did what."""

import pytest

from loa.audit import queries
from loa.audit.actions.record import SYSTEM, Actor, digest_of, record
from loa.audit.models import Record

pytestmark = pytest.mark.django_db


def test_records_chain_and_verify() -> None:
    first = record(SYSTEM, act="begin", subject="portal:1")
    second = record(Actor("person:1", "Nguyễn An"), act="publish", subject="entry:x", detail={"số": 1})
    assert second.previous_digest == first.digest
    assert queries.verify() is None


def test_a_changed_record_is_found() -> None:
    first = record(SYSTEM, act="begin", subject="portal:1")
    record(SYSTEM, act="end", subject="portal:1")
    Record.objects.filter(pk=first.pk).update(act="nothing")
    assert queries.verify() == first.pk


def test_a_cut_off_end_is_found() -> None:
    record(SYSTEM, act="begin", subject="portal:1")
    record(SYSTEM, act="end", subject="portal:1").delete()
    assert queries.verify() == 0


@pytest.mark.parametrize("last", [0, 1])
def test_what_is_recorded_meanwhile_is_no_alarm(monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    for act in ("begin", "end"):
        record(SYSTEM, act=act, subject="portal:1")
    asked = []

    def digest_meanwhile(row: Record) -> str:
        if not asked:
            asked.append(record(SYSTEM, act="publish", subject="portal:1"))
        return digest_of(row)

    monkeypatch.setattr(queries, "digest_of", digest_meanwhile)
    assert queries.verify(last=last) is None
    assert asked
    assert queries.verify(last=last) is None


def test_a_chain_of_which_nothing_is_left_is_found() -> None:
    record(SYSTEM, act="begin", subject="portal:1")
    Record.objects.all().delete()
    assert queries.verify() == 0
