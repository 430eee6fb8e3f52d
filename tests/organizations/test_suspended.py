"""A suspended organization: its people change nothing, and what is public stays."""

from collections.abc import Callable

import pytest

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.lib import clock
from loa.mail.models import Message
from loa.organizations import queries
from loa.organizations.actions.describe import describe
from loa.organizations.actions.invite import invite
from loa.organizations.actions.join import join
from loa.organizations.errors import Suspended
from loa.organizations.models import Invitation, Organization
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release


def suspend(organization: Organization) -> None:
    Organization.objects.filter(pk=organization.pk).update(suspended_at=clock.now())


def test_it_does_not_describe_itself_anew(an: Person, organization: Organization) -> None:
    suspend(organization)
    with pytest.raises(Suspended):
        describe(an, organization, website="https://khac.example", profile="Lời khác.")
    organization.refresh_from_db()
    assert organization.profile != "Lời khác."


def test_it_invites_nobody(an: Person, organization: Organization) -> None:
    suspend(organization)
    with pytest.raises(Suspended):
        invite(an, organization, email="d@example.vn")
    assert not Invitation.objects.exists()


def test_nobody_joins_it(an: Person, stranger: Person, organization: Organization) -> None:
    invite(an, organization, email=stranger.email)
    token = Message.objects.get().text.partition("/desk/join/")[2].split()[0]
    suspend(organization)
    with pytest.raises(Suspended):
        join(stranger, token=token)
    assert not queries.of_person(stranger).exists()


def test_its_releases_stay_unless_a_moderator_withdraws(
    an: Person, moderator: Person, organization: Organization, put_out: Callable[..., Entry]
) -> None:
    put_out()
    suspend(organization)
    with pytest.raises(Suspended):
        withdraw(actor(an), Release.objects.get(), statement="Rút.")
    assert Entry.objects.get().state == "published"
    withdraw(actor(moderator), Release.objects.get(), statement="Giả mạo.", is_by_moderator=True)
    assert Entry.objects.get().state == "withdrawn"
