"""What speaks for a double speaks, after the merger, for the organization it is."""

from datetime import timedelta

import pytest

from loa.accounts.models import Person
from loa.audit import queries as audit
from loa.audit.actions.record import SYSTEM
from loa.desk.actions.merge import merge
from loa.lib import clock
from loa.organizations.models import Organization
from loa.verification.actions.begin_claim import begin_claim
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.actions.check_due import check_due
from loa.verification.actions.note_register import note_register
from loa.verification.actions.prove import prove
from loa.verification.errors import ProofGone
from loa.verification.models import Proof
from loa.verification.rules import line_of
from tests.verification.conftest import Outside

CODE, OTHER = "0100109106", "0300588569"


def proven(an: Person, organization: Organization, outside: Outside, domain: str, way: str = "dns") -> Proof:
    proof = begin_proof(an, organization, way=way, domain=domain)
    outside.records.setdefault(domain, []).append(line_of(proof))
    outside.serve(domain, line_of(proof))
    return prove(an, proof, look=outside.look)


def test_its_domain_is_the_others_from_now_on(
    an: Person, organization: Organization, newcomer: Organization, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = proven(an, newcomer, outside, "saomai.vn")
    merge(SYSTEM, newcomer, organization)
    for one in (newcomer, organization, proof):
        one.refresh_from_db()
    assert (newcomer.domain, newcomer.evidence, newcomer.is_verified) == ("", [], False)
    assert (organization.domain, organization.is_verified) == ("saomai.vn", True)
    assert proof.organization == organization
    assert audit.of(f"organization:{organization.pk}").get(act="merge").detail["proofs"] == 1
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert check_due(look=outside.look)
    organization.refresh_from_db()
    assert organization.evidence[0]["checked"] == later.isoformat()


def test_the_domain_readers_know_stays(
    an: Person, organization: Organization, newcomer: Organization, outside: Outside
) -> None:
    proven(an, newcomer, outside, "trangmoi.vn")
    proven(an, organization, outside, "saomai.vn")
    merge(SYSTEM, newcomer, organization)
    organization.refresh_from_db()
    assert organization.domain == "saomai.vn"
    assert [row["domain"] for row in organization.evidence] == ["trangmoi.vn", "saomai.vn"]


def test_what_was_only_begun_ends_and_nothing_stands_twice(
    an: Person, organization: Organization, newcomer: Organization, outside: Outside
) -> None:
    late = begin_proof(an, organization, way="dns", domain="saomai.vn")
    begin_proof(an, newcomer, way="file", domain="saomai.vn")
    whole = proven(an, newcomer, outside, "saomai.vn")
    merge(SYSTEM, newcomer, organization)
    assert list(Proof.objects.filter(ended_at=None)) == [whole]
    outside.records["saomai.vn"].append(line_of(late))
    with pytest.raises(ProofGone):
        prove(an, late, look=outside.look)


def test_nobody_claims_a_double(
    an: Person, stranger: Person, organization: Organization, newcomer: Organization, outside: Outside
) -> None:
    Organization.objects.filter(pk=newcomer.pk).update(website="https://trangmoi.vn")
    newcomer.memberships.all().delete()
    newcomer.refresh_from_db()
    claim = begin_claim(stranger, newcomer, way="dns")
    outside.records["trangmoi.vn"] = [line_of(claim)]
    merge(SYSTEM, newcomer, organization)
    assert Proof.objects.get().ended_at is not None


@pytest.mark.parametrize(("own", "kept"), [("", CODE), (CODE, CODE), (OTHER, OTHER)])
def test_the_register_goes_along_where_the_other_has_no_code_of_its_own(
    moderator: Person, organization: Organization, newcomer: Organization, own: str, kept: str
) -> None:
    note_register(moderator, newcomer, tax_code=CODE, note="Đúng tên, đúng địa chỉ.")
    Organization.objects.filter(pk=organization.pk).update(tax_code=own)
    merge(SYSTEM, newcomer, organization)
    organization.refresh_from_db()
    assert organization.tax_code == kept
    assert Proof.objects.filter(organization=organization, ended_at=None).exists() is (kept == CODE)
    assert not Proof.objects.filter(organization=newcomer, ended_at=None).exists()


def test_evidence_of_a_double_that_is_left_is_looked_at_no_more(
    an: Person, organization: Organization, newcomer: Organization, outside: Outside
) -> None:
    proven(an, newcomer, outside, "saomai.vn")
    Proof.objects.update(looked_at=None)
    Organization.objects.filter(pk=newcomer.pk).update(merged_into=organization)
    assert not check_due(look=outside.look)
