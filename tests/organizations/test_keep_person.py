"""People of an organization: added by its members, shown when they agreed."""

import pytest

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.organizations import queries
from loa.organizations.actions.keep_person import keep_person
from loa.organizations.errors import NotMember, Suspended
from loa.organizations.models import Organization

HOA = {"name": "Lê Thị Hoa", "role": "Giám đốc", "consent_note": "Bằng thư ngày 1-11-2026"}


def test_a_person_is_added_with_an_address_of_their_own(an: Person, organization: Organization) -> None:
    first = keep_person(an, organization, said=HOA, has_agreed=True)
    second = keep_person(an, organization, said=HOA, has_agreed=True)
    assert (first.slug, second.slug) == ("le-thi-hoa", "le-thi-hoa-2")
    assert queries.newsroom(organization.portal_id, organization.slug)[1] == [first, second]
    assert Record.objects.filter(act="keep_person").count() == 2


def test_a_corrected_name_keeps_its_address(an: Person, organization: Organization) -> None:
    kept = keep_person(an, organization, said=HOA, has_agreed=True)
    changed = keep_person(
        an, organization, public_id=kept.public_id, said={**HOA, "name": "Lê Thị Hòa"}, has_agreed=True
    )
    assert (changed.pk, changed.slug, changed.name) == (kept.pk, "le-thi-hoa", "Lê Thị Hòa")
    assert changed.consent_at == kept.consent_at


def test_who_did_not_agree_has_no_page_but_can_be_quoted(an: Person, organization: Organization) -> None:
    kept = keep_person(an, organization, said=HOA, has_agreed=False)
    assert queries.shown_person(organization.portal_id, organization.slug, kept.slug) is None
    assert list(queries.speakers(organization)) == [kept]


def test_who_left_keeps_the_page_and_is_no_longer_offered(an: Person, organization: Organization) -> None:
    kept = keep_person(an, organization, said=HOA, has_agreed=True, has_left=True)
    assert queries.shown_person(organization.portal_id, organization.slug, kept.slug) == kept
    assert not queries.speakers(organization).exists()


def test_strangers_and_others_people_are_refused(
    stranger: Person, an: Person, organization: Organization, newcomer: Organization
) -> None:
    kept = keep_person(an, organization, said=HOA, has_agreed=True)
    with pytest.raises(NotMember):
        keep_person(stranger, organization, said=HOA, has_agreed=True)
    with pytest.raises(NotMember):
        keep_person(an, newcomer, public_id=kept.public_id, said=HOA, has_agreed=False)


def test_a_suspended_organization_changes_nothing(an: Person, organization: Organization) -> None:
    organization.suspended_at = organization.created_at
    organization.save()
    with pytest.raises(Suspended):
        keep_person(an, organization, said=HOA, has_agreed=True)
