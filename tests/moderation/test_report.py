"""A reader's report waits until a moderator has seen to it."""

from typing import Any

from loa.accounts.models import Person
from loa.moderation import queries
from loa.moderation.actions.report import report
from loa.moderation.actions.settle import settle
from loa.portals.models import Portal


def test_it_waits_and_is_settled(put_out: Any, portal: Portal, moderator: Person) -> None:
    made = report(put_out(), reason="Số liệu sai", email="doc@example.vn")
    assert list(queries.reports(portal.pk)) == [made]
    settle(moderator, made)
    assert not queries.reports(portal.pk).exists()


def test_it_waits_on_its_own_portal_only(put_out: Any) -> None:
    report(put_out(), reason="Số liệu sai")
    assert not queries.reports(Portal.objects.create(slug="khac", name="Khác").pk).exists()


def test_a_very_long_report_is_cut(put_out: Any) -> None:
    assert len(report(put_out(), reason="a" * 10_000).reason) == 4000
