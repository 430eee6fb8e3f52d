"""What readers can read: one portal's own record, newest first, and nothing of another's."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from loa.accounts.models import Person
from loa.archive import queries
from loa.archive.models import Entry
from loa.lib import clock
from loa.organizations.actions.found import found
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases import queries as releases
from loa.releases.models import Release
from loa.search import queries as search
from loa.topics.models import Section

PutOut = Callable[..., Entry]


@pytest.fixture
def other(an: Person) -> Organization:
    """An organization of the same author and name, on another portal."""
    portal = Portal.objects.create(slug="khac", name="Cổng khác")
    made = found(an, portal=portal, name="Hợp tác xã Sao Mai", kind="cooperative")
    made.approved_at = clock.now()
    made.save()
    return made


@pytest.fixture
def two(put_out: PutOut, other: Organization) -> tuple[Entry, Entry]:
    """One entry on each of two portals."""
    section = Section.objects.create(portal=other.portal, slug="kinh-te", name_vi="Kinh tế")
    return put_out(), put_out(other, section=section)


def test_nothing_crosses_from_one_portal_to_another(two: tuple[Entry, Entry]) -> None:
    for mine, theirs in (two, two[::-1]):
        assert list(queries.public(mine.portal_id)) == [mine]
        assert list(queries.everything(mine.portal_id)) == [mine]
        assert queries.by_public_id(mine.portal_id, mine.public_id) == mine
        assert queries.by_public_id(mine.portal_id, theirs.public_id) is None


def test_the_search_crosses_no_portal_either(two: tuple[Entry, Entry], run_wire: Callable[[], int]) -> None:
    run_wire()
    for entry in two:
        assert search.search(entry.portal_id, "lúa hữu cơ").ids == [entry.public_id]


def test_a_draft_is_in_nothing_public(write: Any, portal: Portal, run_wire: Callable[[], int]) -> None:
    write()
    assert run_wire() == 0
    assert not queries.everything(portal.pk).exists()


def test_the_newest_stands_first(put_out: PutOut, portal: Portal) -> None:
    first, second = put_out(), put_out()
    Entry.objects.filter(pk=second.pk).update(published_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert list(queries.public(portal.pk)) == [first, second]


def test_the_entry_knows_its_release_and_carries_no_draft_text(put_out: PutOut) -> None:
    entry = put_out()
    assert releases.of_entry(entry.pk) == Release.objects.get()


def test_the_address_names_another_language_only(put_out: PutOut) -> None:
    assert queries.address(put_out()).startswith("/r/")
    assert queries.address(put_out(language="en")).startswith("/en/r/")
