"""clear: an address nobody confirmed is gone after seven days, and no other."""

from datetime import timedelta

import pytest

from loa.lib import clock
from loa.subscribers.actions.clear import clear
from loa.subscribers.models import Bringing, State, Subscriber
from tests.entries import make_portal
from tests.readers import make_reader

pytestmark = pytest.mark.django_db


def test_the_unconfirmed_are_gone_after_seven_days_and_nobody_else() -> None:
    portal, long_ago = make_portal(), clock.now() - timedelta(days=7, seconds=1)
    make_reader(portal, "a@vidu.vn", since=long_ago, state=State.UNCONFIRMED)
    make_reader(portal, "b@vidu.vn", since=clock.now() - timedelta(days=6), state=State.UNCONFIRMED)
    make_reader(portal, "c@vidu.vn", since=long_ago)
    make_reader(portal, "d@vidu.vn", since=long_ago, state=State.LEFT)
    assert (clear(), clear()) == (1, 0)
    assert list(Subscriber.objects.order_by("email").values_list("email", flat=True)) == [
        "b@vidu.vn", "c@vidu.vn", "d@vidu.vn",
    ]  # fmt: skip


def test_a_file_nobody_began_with_is_gone_too(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"source": "x", "proof": "x", "consented_on": clock.now().date(), "by": "Lan", "table": "an@vidu.vn"}
    portal, now = make_portal(), clock.now()
    for state in ("choosing", "running", "done"):
        Bringing.objects.create(portal=portal, state=state, begun_at=now, **said)
    clear()
    assert Bringing.objects.count() == 3
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=8))
    clear()
    assert sorted(Bringing.objects.values_list("state", flat=True)) == ["done", "running"]
