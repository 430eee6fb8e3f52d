"""An organization that came with an archive is claimed by whoever proves its domain."""

import re

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.audit.actions.record import SYSTEM
from loa.mail.models import Message
from loa.organizations import queries
from loa.organizations.actions.enter import enter
from loa.organizations.errors import NotOwner
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.verification.actions.begin_claim import begin_claim
from loa.verification.actions.prove import prove
from loa.verification.errors import BadDomain, NotSeen
from loa.verification.rules import line_of
from tests.verification.conftest import Outside


@pytest.fixture
def brought(portal: Portal) -> Organization:
    return enter(SYSTEM, portal=portal, name="Báo Cũ", website="https://www.baocu.vn")


def test_the_domain_makes_an_owner(an: Person, stranger: Person, brought: Organization, outside: Outside) -> None:
    claim = begin_claim(an, brought, way="dns")
    other = begin_claim(stranger, brought, way="file")
    with pytest.raises(NotSeen):
        prove(an, claim, look=outside.look)
    assert queries.is_ownerless(brought)
    outside.records["baocu.vn"] = [line_of(claim)]
    prove(an, claim, look=outside.look)
    brought.refresh_from_db()
    assert list(queries.owners(brought)) == [an]
    assert brought.is_verified
    other.refresh_from_db()
    assert other.ended_at is not None
    with pytest.raises(NotOwner):
        begin_claim(stranger, brought, way="dns")


def test_the_proof_of_one_makes_no_owner_of_another(
    an: Person, stranger: Person, brought: Organization, outside: Outside
) -> None:
    claim = begin_claim(an, brought, way="dns")
    outside.records["baocu.vn"] = [line_of(claim)]
    with pytest.raises(NotOwner):
        prove(stranger, claim, look=outside.look)


def test_a_mailbox_is_told_who_will_own_it(client: Client, an: Person, brought: Organization) -> None:
    with pytest.raises(BadDomain):
        begin_claim(an, brought, way="mailbox", mailbox="an@khac.vn")
    begin_claim(an, brought, way="mailbox", mailbox="toasoan@baocu.vn")
    mail = Message.objects.get(to="toasoan@baocu.vn")
    assert an.email in mail.text
    address = re.search(r"http://testserver(\S+)", mail.text)
    assert address
    assert an.email in client.get(address[1]).text
    assert queries.is_ownerless(brought)
    client.post(address[1])
    assert queries.is_owner(an, brought)


def test_without_a_site_only_the_desk_gives_it(an: Person, portal: Portal) -> None:
    with pytest.raises(BadDomain):
        begin_claim(an, enter(SYSTEM, portal=portal, name="Báo Cũ"), way="dns")


def test_an_owned_one_is_not_claimed(client: Client, stranger: Person, organization: Organization) -> None:
    with pytest.raises(NotOwner):
        begin_claim(stranger, organization, way="dns")
    client.force_login(stranger)
    assert "đã có chủ tài khoản" in client.get(f"/desk/claim/{organization.slug}").text


def test_the_page_leads_through(client: Client, an: Person, brought: Organization) -> None:
    client.force_login(an)
    page = f"/desk/claim/{brought.slug}"
    assert "baocu.vn" in client.get(page).text
    client.post(page, {"way": "file"})
    assert "/.well-known/loa-verification.txt" in client.get(page).text
    assert client.post(page, {"way": "mailbox", "mailbox": "an@gmail.com"}).status_code == 400
