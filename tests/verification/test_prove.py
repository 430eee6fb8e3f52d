"""A domain is proven by what stands on it, and by nothing else."""

import pytest

from loa.accounts.models import Person
from loa.audit import queries as audit
from loa.edge.actions import purge as edge
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Organization
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.actions.end_proof import end_proof
from loa.verification.actions.prove import prove
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
    monkeypatch.setattr(edge.Generations, "move", lambda _self, tags: moved.extend(tags))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        end_proof(an, proof)
        end_proof(an, proof)
    organization.refresh_from_db()
    assert (organization.domain, organization.evidence) == ("", [])
    assert moved == [f"org:{organization.pk}", "front"]
    with pytest.raises(ProofGone):
        prove(an, Proof.objects.get(pk=proof.pk), look=outside.look)
