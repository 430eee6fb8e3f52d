"""recipients: the readers of an issue in pages, each address once, with the links a mail to them carries."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from loa.lib import clock
from loa.portals.models import Portal
from loa.subscribers import queries
from loa.subscribers.models import State
from tests.entries import make_portal
from tests.readers import make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Portal:
    return make_portal()


def emails(portal: Portal, **asked: object) -> list[str]:
    return [one.email for one in queries.recipients(portal, **asked)]  # type: ignore[arg-type]


def test_confirmed_readers_of_the_list_at_any_frequency(portal: Portal) -> None:
    make_reader(portal, "a@vidu.vn")
    make_reader(portal, "b@vidu.vn", frequency="at_once", language="en")
    make_reader(portal, "c@vidu.vn", "organization:1")
    make_reader(portal, "d@vidu.vn", state=State.UNCONFIRMED)
    make_reader(portal, "e@vidu.vn", state=State.LEFT)
    make_reader(portal, "f@vidu.vn", paused_until=clock.now() + timedelta(days=1))
    make_reader(portal, "g@vidu.vn", paused_until=clock.now() - timedelta(days=1))
    make_reader(Portal.objects.create(slug="khac", name="Khác"), "h@vidu.vn")
    assert emails(portal) == ["a@vidu.vn", "b@vidu.vn", "g@vidu.vn"]
    assert emails(portal, languages=["en"]) == ["b@vidu.vn"]
    assert queries.count_recipients(portal) == 3


def test_the_press_is_a_list_of_its_own_and_nobody_is_named_twice(portal: Portal) -> None:
    make_reader(portal, "a@vidu.vn", "general", "press")
    make_reader(portal, "b@vidu.vn", "press")
    assert emails(portal) == ["a@vidu.vn"]
    assert emails(portal, lists=["press"]) == ["a@vidu.vn", "b@vidu.vn"]
    assert emails(portal, lists=["press", "general"]) == ["a@vidu.vn", "b@vidu.vn"]
    assert queries.count_recipients(portal, lists=["press", "general"]) == 2


def test_pages_of_one_read_follow_one_another(
    portal: Portal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [make_reader(portal, f"{n}@vidu.vn", "general", "press").email for n in range(5)]
    found, after = [], 0
    with django_assert_num_queries(4):
        while page := queries.recipients(portal, lists=["general", "press"], after=after, limit=3):
            found += [one.email for one in page]
            after = page[-1].subscriber_id
            assert all(one.leave_link and one.preferences_link for one in page)
    assert found == made


def test_the_links_are_the_readers_own(portal: Portal) -> None:
    reader = make_reader(portal, language="en")
    [one] = queries.recipients(portal)
    assert one.leave_link == queries.leave_link(reader, "general")
    assert "/en/newsletter/preferences/" in one.preferences_link
    token = one.leave_link.rpartition("/")[2]
    assert queries.by_leave_token(portal, token) == (reader, "general")
