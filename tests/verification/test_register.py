"""The register: a tax code in its right form, and a moderator's note of a look."""

import pytest

from loa.accounts.models import Person
from loa.lib import tax_codes
from loa.organizations.models import Organization
from loa.pages.views.newsroom import evidence
from loa.verification.actions.note_register import note_register
from loa.verification.actions.set_tax_code import set_tax_code


def test_a_noted_look_is_evidence_but_no_mark(moderator: Person, organization: Organization) -> None:
    note_register(moderator, organization, tax_code="0313028740", note="Đang hoạt động, đúng tên.")
    organization.refresh_from_db()
    assert organization.tax_code == "0313028740"
    assert [row["way"] for row in organization.evidence] == ["register"]
    assert not organization.is_verified


def test_another_code_ends_what_was_noted_of_the_old_one(
    an: Person, moderator: Person, organization: Organization
) -> None:
    note_register(moderator, organization, tax_code="0313028740", note="Đúng.")
    set_tax_code(an, organization, tax_code="0100109106")
    organization.refresh_from_db()
    assert organization.evidence == []


def test_a_household_is_told_to_have_no_check_digit_and_its_number_is_not_shown(
    moderator: Person, organization: Organization
) -> None:
    note_register(moderator, organization, tax_code="001 085 012 345", note="Hộ kinh doanh, đúng tên.")
    organization.refresh_from_db()
    (row,) = evidence(organization)
    assert "không có số kiểm tra" in row.words
    assert "345" in row.words
    assert "001085" not in row.words


@pytest.mark.parametrize("typed", ["0313028741", "12345", "0313028740-000", "00108501234x"])
def test_a_wrong_code_is_refused(an: Person, organization: Organization, typed: str) -> None:
    with pytest.raises(ValueError, match="tax code"):
        set_tax_code(an, organization, tax_code=typed)


@pytest.mark.parametrize(("typed", "code"), [("0313028740", "0313028740"), ("031.302.8740 001", "0313028740-001"),
                                             ("001085012345", "001085012345")])  # fmt: skip
def test_every_form_of_a_code_is_read(typed: str, code: str) -> None:
    assert tax_codes.read_any(typed) == code
