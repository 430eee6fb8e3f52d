"""A mailbox on the domain proves it, by a button that a scanner does not press."""

import re

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.lib import clock
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.errors import BadDomain
from loa.verification.models import Proof
from loa.verification.rules import LINK_HOLDS


def link(mailbox: str = "lan@saomai.vn") -> str:
    mail = Message.objects.filter(to=mailbox).latest("pk")
    found = re.search(r"http://testserver(\S+)", mail.text)
    assert found
    return found[1]


def test_the_button_proves_it_and_opening_does_not(client: Client, an: Person, organization: Organization) -> None:
    begin_proof(an, organization, way="mailbox", mailbox="Lan@SaoMai.vn")
    address = link()
    assert client.get(address).status_code == 200
    organization.refresh_from_db()
    assert not organization.is_verified
    assert client.post(address).status_code == 200
    organization.refresh_from_db()
    assert organization.domain == "saomai.vn"


@pytest.mark.parametrize("mailbox", ["an@gmail.com", "an@sv.hust.edu.vn", "an@mail.saomai.vn", "an@yahoo.fr", "a@x"])
def test_a_mailbox_that_others_may_have_is_refused(an: Person, organization: Organization, mailbox: str) -> None:
    with pytest.raises(BadDomain):
        begin_proof(an, organization, way="mailbox", mailbox=mailbox)
    assert not Message.objects.filter(to=mailbox).exists()


def test_an_old_link_and_one_that_was_replaced_open_nothing(
    client: Client, an: Person, organization: Organization
) -> None:
    begin_proof(an, organization, way="mailbox", mailbox="lan@saomai.vn")
    first = link()
    begin_proof(an, organization, way="mailbox", mailbox="lan@saomai.vn")
    assert client.post(first).status_code == 410
    Proof.objects.update(begun_at=clock.now() - LINK_HOLDS * 2)
    assert client.post(link()).status_code == 410
    organization.refresh_from_db()
    assert not organization.is_verified
