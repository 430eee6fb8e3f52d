"""A mailbox on the domain proves it, by a button that a scanner does not press."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.audit import queries as audit
from loa.lib import clock
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.actions.check_due import check_due
from loa.verification.errors import BadDomain
from loa.verification.models import Proof
from loa.verification.rules import LINK_HOLDS, MAILBOX_HOLDS
from tests.verification.conftest import Outside


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


def test_asked_again_it_holds_for_another_year_and_its_first_day_stays(
    client: Client, an: Person, organization: Organization, monkeypatch: pytest.MonkeyPatch, outside: Outside
) -> None:
    begin_proof(an, organization, way="mailbox", mailbox="lan@saomai.vn")
    client.post(link())
    first = Proof.objects.get()
    later = clock.now() + MAILBOX_HOLDS - timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    begin_proof(an, organization, way="mailbox", mailbox="lan@saomai.vn")
    check_due(look=outside.look)
    assert Proof.objects.get().renewed_at is None, "the daily look answers no mail"
    for _ in range(2):
        assert client.post(link()).status_code == 200
    again = Proof.objects.get()
    assert (again.proven_at, again.renewed_at) == (first.proven_at, later)
    acts = audit.of(f"organization:{organization.pk}").filter(act="prove").values_list("detail", flat=True)
    assert [detail["is_renewed"] for detail in acts] == [True, False]


def test_a_year_after_it_was_answered_again_it_lapses(
    client: Client, an: Person, organization: Organization, monkeypatch: pytest.MonkeyPatch, outside: Outside
) -> None:
    begin_proof(an, organization, way="mailbox", mailbox="lan@saomai.vn")
    client.post(link())
    begun = clock.now()
    Proof.objects.update(proven_at=begun - MAILBOX_HOLDS * 2, renewed_at=begun)
    for days, is_failing in ((364, False), (366, True)):
        monkeypatch.setattr(clock, "now", lambda days=days: begun + timedelta(days=days))
        check_due(look=outside.look)
        assert (Proof.objects.get().failing_since is not None) is is_failing


def test_while_suspended_nothing_is_proven(client: Client, an: Person, organization: Organization) -> None:
    begin_proof(an, organization, way="mailbox", mailbox="lan@saomai.vn")
    Organization.objects.update(suspended_at=clock.now())
    answer = client.post(link())
    assert answer.status_code == 409
    assert "tạm ngưng" in answer.text
    assert Proof.objects.get().proven_at is None
