"""Taking in: an organization's first release waits for a person, the later ones go straight out."""

from collections.abc import Callable

import pytest

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.moderation import queries
from loa.moderation.actions.approve import approve
from loa.moderation.actions.suspend import reinstate, suspend
from loa.moderation.actions.take_in import take_in
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.errors import Suspended, WrongState
from loa.releases.models import Release
from tests.conftest import Write


def test_the_first_goes_to_the_queue(an: Person, write: Write, newcomer: Organization, portal: Portal) -> None:
    assert take_in(an, write(newcomer)) == "queued"
    assert [r.organization for r in queries.waiting(portal.pk)] == [newcomer]
    assert not Entry.objects.exists()


def test_the_second_goes_straight_out(an: Person, moderator: Person, write: Write, newcomer: Organization) -> None:
    take_in(an, write(newcomer))
    approve(moderator, Release.objects.get())
    newcomer.refresh_from_db()
    assert take_in(an, write(newcomer)) == "published"
    assert Entry.objects.count() == 2


def test_an_organization_that_was_let_out_publishes_by_itself(an: Person, write: Write, portal: Portal) -> None:
    assert take_in(an, write()) == "published"
    assert not queries.waiting(portal.pk).exists()


def test_a_second_press_of_the_button_publishes_nothing_more(an: Person, write: Write) -> None:
    release = write()
    take_in(an, release)
    with pytest.raises(WrongState):
        take_in(an, release)
    assert Entry.objects.count() == 1


def test_a_suspended_organization_cannot_act_until_reinstated(
    an: Person, moderator: Person, write: Write, organization: Organization
) -> None:
    release = write()
    suspend(moderator, organization, reason="Nội dung sai sự thật")
    with pytest.raises(Suspended):
        take_in(an, release)
    reinstate(moderator, organization)
    assert take_in(an, release) == "published"


def test_what_is_published_stays_when_its_organization_is_suspended(
    moderator: Person, put_out: Callable[..., Entry], organization: Organization
) -> None:
    entry = put_out()
    suspend(moderator, organization, reason="Chờ xác minh")
    entry.refresh_from_db()
    assert entry.state == "published"
