"""Founding an organization."""

import pytest

from loa.accounts.models import Person
from loa.organizations import queries
from loa.organizations.actions.found import found
from loa.organizations.models import Organization
from loa.portals.models import Portal


def test_the_founder_is_its_owner(an: Person, portal: Portal) -> None:
    made = found(an, portal=portal, name=" Hợp tác xã Đồng Xanh ", kind="cooperative")
    assert (made.name, made.slug) == ("Hợp tác xã Đồng Xanh", "hop-tac-xa-dong-xanh")
    assert queries.is_owner(an, made)


def test_a_name_that_is_taken_gets_a_number(an: Person, portal: Portal) -> None:
    slugs = [found(an, portal=portal, name="Sao Mai", kind="company").slug for _ in range(3)]
    assert slugs == ["sao-mai", "sao-mai-2", "sao-mai-3"]


def test_a_stranger_finds_nothing_of_it(organization: Organization, stranger: Person, an: Person) -> None:
    where = {"portal_id": organization.portal_id}
    assert queries.get_for_member(stranger, organization.slug, **where) is None
    assert queries.get_for_member(an, organization.slug, **where) == organization
    assert not queries.is_owner(stranger, organization)
    assert not queries.of_person(stranger).exists()


def test_readers_see_it_once_it_was_let_out(organization: Organization, newcomer: Organization) -> None:
    assert list(queries.public(organization.portal_id)) == [organization]
    assert queries.by_slug(organization.portal_id, newcomer.slug) is None


@pytest.mark.parametrize(("language", "name"), [("vi", "Sao Mai"), ("en", "Morning Star"), ("fr", "Morning Star")])
def test_it_is_called_by_its_english_name_where_vietnamese_is_not_read(language: str, name: str) -> None:
    assert Organization(name="Sao Mai", name_en="Morning Star").label(language) == name
    assert Organization(name="Sao Mai").label(language) == "Sao Mai"
