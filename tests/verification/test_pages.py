"""What readers see of the evidence, and the page where an owner adds to it."""

from collections.abc import Callable

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.compose.views import verification as door
from loa.organizations.models import Organization
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.actions.prove import prove
from loa.verification.models import Proof
from loa.verification.rules import line_of
from tests.verification.conftest import Outside


@pytest.fixture
def verified(an: Person, organization: Organization, outside: Outside) -> Organization:
    proof = begin_proof(an, organization, way="dns", domain="saomai.vn")
    outside.records["saomai.vn"] = [line_of(proof)]
    prove(an, proof, look=outside.look)
    organization.refresh_from_db()
    return organization


def test_the_newsroom_and_the_release_carry_the_mark_and_its_evidence(
    client: Client, verified: Organization, put_out: Callable[..., Entry]
) -> None:
    entry = put_out()
    newsroom = client.get(f"/o/{verified.slug}").content.decode()
    assert "Đã xác minh: saomai.vn" in newsroom
    assert "Bản ghi DNS trên saomai.vn" in newsroom
    assert "Thấy lần đầu" in newsroom
    release = client.get(f"/r/{entry.public_id}", follow=True).content.decode()
    assert "Đã xác minh: saomai.vn" in release
    verified.suspended_at = verified.created_at
    verified.save()
    assert "Đã xác minh" not in client.get(f"/o/{verified.slug}?year=2020").content.decode()


def test_without_proof_there_is_no_mark(
    client: Client, organization: Organization, put_out: Callable[..., Entry]
) -> None:
    put_out()
    assert "Đã xác minh" not in client.get(f"/o/{organization.slug}").content.decode()


def test_there_is_a_page_that_says_what_the_mark_means(client: Client, organization: Organization) -> None:
    assert "hai ngày" in client.get("/verified").content.decode().lower()


def test_an_owner_goes_from_the_form_to_the_mark(
    client: Client, an: Person, organization: Organization, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "prove", lambda person, proof: prove(person, proof, look=outside.look))
    client.force_login(an)
    page = f"/desk/o/{organization.slug}/verification"
    client.post(page, {"form": "domain", "domain": "saomai.vn", "way": "dns"})
    proof = Proof.objects.get()
    assert line_of(proof) in client.get(page).content.decode()
    answer = client.post(page, {"look": proof.public_id}, follow=True).content.decode()
    assert "Chưa thấy bản ghi ấy" in answer
    outside.records["saomai.vn"] = [line_of(proof)]
    answer = client.post(page, {"look": proof.public_id}, follow=True).content.decode()
    assert "Đã thấy" in answer


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"form": "domain", "domain": "com.vn", "way": "dns"}, "saomai.vn"),
        ({"form": "mailbox", "mailbox": "an@gmail.com"}, "không chứng minh được gì"),
        ({"form": "tax_code", "tax_code": "123"}, "xem lại từng chữ số"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    client: Client, an: Person, organization: Organization, sent: dict[str, str], said: str
) -> None:
    client.force_login(an)
    answer = client.post(f"/desk/o/{organization.slug}/verification", sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert f'value="{list(sent.values())[1]}"' in answer.content.decode()


def test_a_writer_sees_it_and_changes_nothing(client: Client, stranger: Person, organization: Organization) -> None:
    page = f"/desk/o/{organization.slug}/verification"
    client.force_login(stranger)
    assert client.get(page).status_code == 404
    organization.memberships.create(person=stranger)
    assert client.get(page).status_code == 200
    client.post(page, {"form": "domain", "domain": "saomai.vn", "way": "dns"})
    assert not Proof.objects.exists()
