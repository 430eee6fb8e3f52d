"""A domain is proven by what stands on it, and by nothing else."""

import contextlib
import threading

import pytest
from django.db import connection

from loa.accounts.models import Person
from loa.audit import queries as audit
from loa.audit.actions.record import SYSTEM
from loa.edge.actions import purge as edge
from loa.organizations.actions.appoint import appoint
from loa.organizations.actions.enter import enter
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.verification.actions.begin_claim import begin_claim
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.actions.end_proof import end_proof
from loa.verification.actions.prove import prove
from loa.verification.actions.show import show
from loa.verification.errors import BadDomain, DomainTaken, NotSeen, ProofGone
from loa.verification.models import Proof
from loa.verification.rules import line_of
from tests.verification.conftest import Outside


def begun(an: Person, organization: Organization, way: str = "dns", domain: str = "saomai.vn") -> Proof:
    return begin_proof(an, organization, way=way, domain=domain)


def test_a_record_on_the_domain_proves_it(an: Person, organization: Organization, outside: Outside) -> None:
    proof = begun(an, organization, domain="https://www.SaoMai.vn/gioi-thieu")
    outside.records["saomai.vn"] = ["v=spf1 -all", line_of(proof)]
    prove(an, proof, look=outside.look)
    organization.refresh_from_db()
    assert organization.is_verified
    assert organization.domain == "saomai.vn"
    assert [(row["way"], row["domain"]) for row in organization.evidence] == [("dns", "saomai.vn")]
    acts = audit.of(f"organization:{organization.pk}").values_list("act", flat=True)
    assert list(acts[:2]) == ["prove", "begin_proof"]


def test_a_file_on_its_site_proves_it(an: Person, organization: Organization, outside: Outside) -> None:
    proof = begun(an, organization, "file")
    outside.serve("saomai.vn", line_of(proof), at="https://www.saomai.vn/.well-known/loa-verification.txt")
    prove(an, proof, look=outside.look)
    organization.refresh_from_db()
    assert organization.domain == "saomai.vn"


def test_a_file_of_somebody_else_proves_nothing(an: Person, organization: Organization, outside: Outside) -> None:
    proof = begun(an, organization, "file")
    outside.serve("saomai.vn", line_of(proof), at="https://paste.example/x")
    with pytest.raises(NotSeen):
        prove(an, proof, look=outside.look)


@pytest.mark.parametrize("said", ["", "loa-verification=", "loa-verification=x", "hello"])
def test_anything_else_proves_nothing(an: Person, organization: Organization, outside: Outside, said: str) -> None:
    proof = begun(an, organization)
    outside.records["saomai.vn"] = [said]
    with pytest.raises(NotSeen) as seen:
        prove(an, proof, look=outside.look)
    assert seen.value.is_told
    organization.refresh_from_db()
    assert not organization.is_verified


def test_the_token_of_another_organization_proves_nothing(
    an: Person, organization: Organization, newcomer: Organization, outside: Outside
) -> None:
    theirs, ours = begun(an, organization), begun(an, newcomer)
    outside.records["saomai.vn"] = [line_of(theirs)]
    with pytest.raises(NotSeen):
        prove(an, ours, look=outside.look)


def test_a_name_server_that_is_down_says_neither(an: Person, organization: Organization, outside: Outside) -> None:
    outside.is_down = True
    with pytest.raises(NotSeen) as seen:
        prove(an, begun(an, organization), look=outside.look)
    assert not seen.value.is_told


def test_one_domain_is_one_organization(
    an: Person, organization: Organization, newcomer: Organization, outside: Outside
) -> None:
    late = begun(an, newcomer)
    proof = begun(an, organization)
    outside.records["saomai.vn"] = [line_of(proof), line_of(late)]
    prove(an, proof, look=outside.look)
    with pytest.raises(DomainTaken):
        begun(an, newcomer, "file")
    with pytest.raises(DomainTaken):
        prove(an, late, look=outside.look)


def test_a_further_domain_is_taken_too(
    an: Person, organization: Organization, newcomer: Organization, outside: Outside
) -> None:
    for domain in ("saomai.vn", "saomai.com.vn"):
        proof = begun(an, organization, domain=domain)
        outside.records[domain] = [line_of(proof)]
        prove(an, proof, look=outside.look)
    with pytest.raises(DomainTaken):
        begun(an, newcomer, domain="saomai.com.vn")
    end_proof(an, Proof.objects.get(domain="saomai.com.vn"))
    begun(an, newcomer, domain="saomai.com.vn")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_seen_at_one_moment_the_second_is_told_so(
    an: Person, organization: Organization, newcomer: Organization, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    proofs = [begun(an, one) for one in (organization, newcomer)]
    outside.records["saomai.vn"] = [line_of(proof) for proof in proofs]
    both, ends = threading.Barrier(2), []

    def show_late(organization_id: int) -> Organization:
        """Writes only when the other stands here too, or does not come for a second."""
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(timeout=1)
        return show(organization_id)

    def attempt(proof: Proof) -> None:
        try:
            prove(an, proof, look=outside.look)
            ends.append("proven")
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    monkeypatch.setattr("loa.verification.actions.prove.show", show_late)
    threads = [threading.Thread(target=attempt, args=(proof,)) for proof in proofs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["DomainTaken", "proven"]


def test_somebody_elses_claim_is_not_gone_on_with(
    an: Person, stranger: Person, portal: Portal, outside: Outside
) -> None:
    brought = enter(SYSTEM, portal=portal, name="Báo Cũ", website="https://baocu.vn")
    claim = begin_claim(stranger, brought, way="dns")
    appoint(SYSTEM, brought, email=an.email)
    assert begun(an, brought, domain="baocu.vn").token != claim.token


@pytest.mark.parametrize("domain", ["com.vn", "gmail.com", "10.0.0.1", "máy của tôi", "saomai"])
def test_what_is_nobodys_own_is_refused(an: Person, organization: Organization, domain: str) -> None:
    with pytest.raises(BadDomain):
        begun(an, organization, domain=domain)


def test_only_an_owner_proves(an: Person, stranger: Person, organization: Organization, outside: Outside) -> None:
    proof = begun(an, organization)
    with pytest.raises(NotOwner):
        begun(stranger, organization)
    for act in (lambda: prove(stranger, proof, look=outside.look), lambda: end_proof(stranger, proof)):
        with pytest.raises(NotOwner):
            act()


def test_a_suspended_organization_proves_nothing(an: Person, organization: Organization) -> None:
    organization.suspended_at = organization.created_at
    organization.save()
    with pytest.raises(Suspended):
        begun(an, organization)


def test_begun_again_it_asks_for_the_same(an: Person, organization: Organization) -> None:
    assert begun(an, organization).token == begun(an, organization).token


def test_taken_back_the_mark_is_gone_and_pages_are_made_anew(
    an: Person, organization: Organization, outside: Outside, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:  # fmt: skip
    proof = begun(an, organization)
    outside.records["saomai.vn"] = [line_of(proof)]
    prove(an, proof, look=outside.look)
    moved: list[str] = []
    monkeypatch.setattr(edge.Generations, "move", lambda _self, tags, _name="": moved.extend(tags))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        end_proof(an, proof)
        end_proof(an, proof)
    organization.refresh_from_db()
    assert (organization.domain, organization.evidence) == ("", [])
    assert moved == ["front", f"org:{organization.pk}"]
    with pytest.raises(ProofGone):
        prove(an, Proof.objects.get(pk=proof.pk), look=outside.look)
