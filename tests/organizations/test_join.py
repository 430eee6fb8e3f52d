"""A colleague is invited by mail and joins with the token in it."""

import re

import pytest

from loa.accounts.models import Person
from loa.mail.models import Message
from loa.organizations import queries
from loa.organizations.actions.invite import invite
from loa.organizations.actions.join import join
from loa.organizations.errors import InvitationGone, NotOwner
from loa.organizations.models import Invitation, Organization
from tests.conftest import MakePerson


def token_in_mail() -> str:
    """Return the token of the last invitation mailed."""
    found = re.search(r"http://testserver/desk/join/(\S+)", Message.objects.latest("id").text)
    assert found is not None
    return found[1]


def test_the_invited_joins_as_a_writer(an: Person, stranger: Person, organization: Organization) -> None:
    invite(an, organization, email="Binh@Example.vn")
    assert join(stranger, token=token_in_mail()) == organization
    assert [(m.person, m.role) for m in queries.members(organization)] == [(an, "owner"), (stranger, "writer")]


def test_the_token_is_only_in_the_mail(an: Person, organization: Organization) -> None:
    invite(an, organization, email="binh@example.vn")
    assert token_in_mail() not in str(Invitation.objects.values().get())


def test_a_token_is_used_once(an: Person, stranger: Person, organization: Organization) -> None:
    invite(an, organization, email=stranger.email)
    join(stranger, token=token_in_mail())
    with pytest.raises(InvitationGone):
        join(stranger, token=token_in_mail())


def test_a_token_is_good_for_its_address_only(
    an: Person, stranger: Person, organization: Organization, make_person: MakePerson
) -> None:
    invite(an, organization, email=stranger.email)
    with pytest.raises(InvitationGone):
        join(make_person("Cuong"), token=token_in_mail())
    assert join(stranger, token=token_in_mail()) == organization


def test_an_unknown_token_opens_nothing(stranger: Person) -> None:
    with pytest.raises(InvitationGone):
        join(stranger, token="x" * 40)


def test_an_owner_who_takes_up_an_invitation_stays_owner(an: Person, organization: Organization) -> None:
    invite(an, organization, email=an.email)
    join(an, token=token_in_mail())
    assert queries.is_owner(an, organization)


def test_only_an_owner_invites(stranger: Person, organization: Organization) -> None:
    with pytest.raises(NotOwner):
        invite(stranger, organization, email="d@example.vn")
    assert not Message.objects.exists()


def test_the_mail_speaks_the_language_of_the_inviting_page(an: Person, organization: Organization) -> None:
    organization.name_en = "Morning Star Cooperative"
    organization.save()
    invite(an, organization, email="d@example.vn", language="en")
    mail = Message.objects.latest("id")
    assert mail.subject == "Invitation from Morning Star Cooperative"
    assert "Open this page and press the button to accept: http://testserver/en/desk/join/" in mail.text
    invite(an, organization, email="e@example.vn")
    assert Message.objects.latest("id").subject == "Lời mời của Hợp tác xã Sao Mai"
