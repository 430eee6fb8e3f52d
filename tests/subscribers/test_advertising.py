"""advertising: the label, the hours and the limit of Decree 91/2020."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from loa.lib import clock
from loa.subscribers import queries
from loa.subscribers.actions.count_advertising import count_advertising, forget_counted
from loa.subscribers.models import Advertised
from loa.subscribers.rules.advertising import closes, is_open, label, next_allowed

HANOI = "Asia/Ho_Chi_Minh"


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A time of 24 November on a clock in Hanoi, as UTC."""
    return datetime(2026, 11, 24, hour, minute, second, tzinfo=UTC) - timedelta(hours=7)


def test_the_label_stands_at_the_head_once() -> None:
    assert label("Ưu đãi") == "[QC] Ưu đãi"
    assert label(label("Ưu đãi")) == "[QC] Ưu đãi"
    assert label(" [qc] Ưu đãi") == "[qc] Ưu đãi"


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (at(6, 59, 59), at(7)),
        (at(7), at(7)),
        (at(21, 59, 59), at(21, 59, 59)),
        (at(22), at(7) + timedelta(days=1)),
        (at(23, 59), at(7) + timedelta(days=1)),
        (at(0), at(7)),
    ],
)
def test_it_leaves_between_seven_and_ten(now: datetime, leaves: datetime) -> None:
    assert next_allowed(now, HANOI) == leaves
    assert is_open(now, HANOI) == (now == leaves)
    assert closes(now, HANOI) == leaves.replace(hour=15, minute=0, second=0)


def test_the_hours_are_those_of_the_zone() -> None:
    assert is_open(at(7), "Europe/Paris") is False
    assert next_allowed(at(7), "Europe/Paris") == datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.mark.django_db
def test_three_in_a_day_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    now = at(8)
    moments: list[Any] = [now, now + timedelta(hours=1), now + timedelta(hours=2)]
    for number, moment in enumerate(moments):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        count_advertising({"a@vidu.vn": moment}, mailing=f"issue:{number}")
        both = {"A@vidu.vn": moment, "b@vidu.vn": moment}
        count_advertising(both, mailing=f"issue:{number}" if number else "issue:x")
    later = now + timedelta(hours=3)

    def first(email: str, moment: Any, mailing: str = "") -> Any:
        return queries.may_receive_from([email], moment, zone=HANOI, mailing=mailing)[email]

    assert first("c@vidu.vn", later) == later
    # The oldest of the last three was at nine.
    assert first("a@vidu.vn", later) == now + timedelta(hours=24)
    assert first("b@vidu.vn", later, "issue:1") == later
    assert first("a@vidu.vn", now + timedelta(hours=24, seconds=1)) == now + timedelta(hours=24, seconds=1)
    assert not [row for row in Advertised.objects.values() if "vidu" in str(row["digest"])]
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=3))
    assert forget_counted() > 0
    assert not Advertised.objects.exists()
