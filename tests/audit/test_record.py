"""record: chains who did what."""

import pytest

from loa.audit import queries
from loa.audit.actions.record import SYSTEM, Actor, record
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
