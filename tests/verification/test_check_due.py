"""Every day the worker looks again; two days without, and the mark is gone."""

from datetime import datetime, timedelta

import pytest

from loa.accounts.models import Person
from loa.audit import queries as audit
from loa.lib import clock
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.actions.check_due import check_due
from loa.verification.actions.prove import prove
from loa.verification.models import Proof
from loa.verification.rules import line_of
from tests.verification.conftest import Outside


class Days:
    """A clock that this test winds on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def pass_by(self, days: float) -> datetime:
        self.now += timedelta(days=days)
        return self.now


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    return Days(monkeypatch)


@pytest.fixture
def proof(an: Person, organization: Organization, outside: Outside, days: Days) -> Proof:
    made = begin_proof(an, organization, way="dns", domain="saomai.vn")
    outside.records["saomai.vn"] = [line_of(made)]
    return prove(an, made, look=outside.look)


def checked(outside: Outside) -> None:
    """Everything that is due."""
    while check_due(look=outside.look):
        pass


def mails() -> list[str]:
    return list(Message.objects.exclude(key__startswith="ask_").order_by("pk").values_list("subject", flat=True))


def test_once_a_day_and_no_oftener(proof: Proof, outside: Outside, days: Days) -> None:
    assert not check_due(look=outside.look)
    day = days.pass_by(1)
    assert check_due(look=outside.look)
    assert not check_due(look=outside.look)
    proof.refresh_from_db()
    assert (proof.seen_at, proof.looked_at, proof.failing_since) == (day, day, None)


def test_its_date_stands_in_what_readers_see(
    proof: Proof, organization: Organization, outside: Outside, days: Days
) -> None:
    day = days.pass_by(1)
    checked(outside)
    organization.refresh_from_db()
    assert organization.evidence[0]["checked"] == day.isoformat()
    assert organization.evidence[0]["since"] < organization.evidence[0]["checked"]


def test_two_days_without_and_the_mark_is_gone(
    proof: Proof, organization: Organization, outside: Outside, days: Days
) -> None:
    outside.records.clear()
    for day, has_mark in ((1, True), (2, True), (3, False)):
        days.pass_by(1)
        checked(outside)
        organization.refresh_from_db()
        assert organization.is_verified is has_mark, day
    assert mails() == [
        "saomai.vn: hôm nay không thấy bằng chứng xác minh", "saomai.vn: bằng chứng xác minh đã hết hiệu lực"
    ]  # fmt: skip
    assert audit.of(f"organization:{organization.pk}").first().act == "lapse"
    checked(outside)
    assert len(mails()) == 2


def test_seen_again_in_between_nothing_is_lost(
    proof: Proof, organization: Organization, outside: Outside, days: Days
) -> None:
    kept = outside.records.pop("saomai.vn")
    days.pass_by(1)
    checked(outside)
    outside.records["saomai.vn"] = kept
    days.pass_by(1)
    checked(outside)
    del outside.records["saomai.vn"]
    days.pass_by(1)
    checked(outside)
    organization.refresh_from_db()
    assert organization.is_verified


def test_a_name_server_of_ours_that_is_down_takes_nobodys_mark(
    proof: Proof, organization: Organization, outside: Outside, days: Days
) -> None:
    outside.is_down = True
    for _ in range(14):
        days.pass_by(1)
        checked(outside)
    organization.refresh_from_db()
    assert organization.is_verified
    assert mails() == []
    for _ in range(3):
        days.pass_by(1)
        checked(outside)
    organization.refresh_from_db()
    assert not organization.is_verified


def test_another_proof_keeps_the_mark(
    proof: Proof, organization: Organization, an: Person, outside: Outside, days: Days
) -> None:
    other = begin_proof(an, organization, way="file", domain="saomai.vn")
    outside.serve("saomai.vn", line_of(other))
    prove(an, other, look=outside.look)
    outside.records.clear()
    for _ in range(3):
        days.pass_by(1)
        checked(outside)
    organization.refresh_from_db()
    assert [row["way"] for row in organization.evidence] == ["file"]
    assert organization.is_verified
    assert "vẫn giữ dấu" in Message.objects.get(key__startswith="tell_lapsed").text
