"""take: so many in so much time; and who asks."""

from datetime import UTC, datetime

import pytest

from loa.lib import clock
from loa.limits.actions.sweep import sweep
from loa.limits.actions.take import take
from loa.limits.models import Window
from loa.limits.rules import address_of, is_from_own_page


@pytest.fixture(autouse=True)
def windows_begin_now() -> None:
    """Here they begin where they do."""


@pytest.mark.django_db
def test_it_stops_after_the_limit_and_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 1, 8, tzinfo=UTC))
    assert [take("a", limit=2, seconds=60) for _ in range(3)] == [True, True, False]
    assert take("b", limit=2, seconds=60)
    assert take("a", limit=1, seconds=3600)  # an hour that begins with this minute
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 1, 8, 1, 1, tzinfo=UTC))
    assert take("a", limit=2, seconds=60)
    sweep()
    assert Window.objects.count() == 2


def test_only_trusted_proxies_are_believed() -> None:
    meta = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9", "REMOTE_ADDR": "127.0.0.1"}
    assert address_of(meta, 0) == "127.0.0.1"
    assert address_of(meta, 1) == "203.0.113.9"
    assert address_of({"REMOTE_ADDR": "2001:db8::1:2"}, 0) == "2001:db8::/64"


def test_a_form_from_another_site_is_told_apart() -> None:
    assert is_from_own_page({"HTTP_SEC_FETCH_SITE": "same-origin"}, "x.vn")
    assert not is_from_own_page({"HTTP_SEC_FETCH_SITE": "cross-site"}, "x.vn")
    assert not is_from_own_page({"HTTP_ORIGIN": "https://evil.vn"}, "x.vn")
    assert not is_from_own_page({"HTTP_ORIGIN": "null"}, "x.vn")
    assert is_from_own_page({}, "x.vn")


def test_an_address_seen_through_a_socket_for_both_is_one_address_and_no_network() -> None:
    assert address_of({"REMOTE_ADDR": "::ffff:203.0.113.9"}, 0) == "203.0.113.9"


def test_an_origin_nobody_can_read_is_not_ours() -> None:
    assert not is_from_own_page({"HTTP_ORIGIN": "http://["}, "x.vn")
