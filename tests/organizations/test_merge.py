"""Who does what once two organizations are one, and that what was looked at is what is merged."""

import pytest

from loa.accounts.models import Person
from loa.audit.actions.record import SYSTEM
from loa.desk.actions.merge import merge
from loa.organizations import queries
from loa.organizations.actions.compare import compare
from loa.organizations.actions.enter import enter
from loa.organizations.actions.found import found
from loa.organizations.actions.rename import rename
from loa.organizations.models import Likeness, Membership, Organization, Role, Skeleton, Spokesperson
from loa.portals.models import Portal
from tests.conftest import MakePerson


@pytest.fixture
def double(stranger: Person, portal: Portal) -> Organization:
    return found(stranger, portal=portal, name="HTX Sao Mai Đồng Tháp", kind="cooperative")


def role_of(person: Person, organization: Organization) -> str:
    return Membership.objects.get(person=person, organization=organization).role


def test_its_owners_approve_where_the_other_has_its_own(
    an: Person, stranger: Person, organization: Organization, double: Organization
) -> None:
    merge(SYSTEM, double, organization)
    assert (role_of(an, organization), role_of(stranger, organization)) == (Role.OWNER, Role.APPROVER)
    assert not Membership.objects.filter(organization=double).exists()


def test_where_the_other_has_no_owner_they_own_it(
    make_person: MakePerson, stranger: Person, portal: Portal, double: Organization
) -> None:
    brought = enter(SYSTEM, portal=portal, name="Sao Mai")
    for person in (stranger, make_person("Viet")):
        Membership.objects.create(organization=brought, person=person)
    merge(SYSTEM, double, brought)
    assert list(queries.owners(brought)) == [stranger]


def test_who_approved_for_either_still_does(
    make_person: MakePerson, organization: Organization, double: Organization
) -> None:
    viet, cuong = make_person("Viet"), make_person("Cuong")
    Membership.objects.create(organization=double, person=viet, role=Role.APPROVER)
    Membership.objects.create(organization=organization, person=viet)
    Membership.objects.create(organization=organization, person=cuong, role=Role.APPROVER)
    Membership.objects.create(organization=double, person=cuong)
    merge(SYSTEM, double, organization)
    assert (role_of(viet, organization), role_of(cuong, organization)) == (Role.APPROVER, Role.APPROVER)


def test_people_of_one_name_keep_an_address_each(organization: Organization, double: Organization) -> None:
    for sender in (organization, double, double):
        Spokesperson.objects.create(
            organization=sender, name="Lê Thị Hoa", slug=f"le-thi-hoa-{Spokesperson.objects.count()}"
        )
    Spokesperson.objects.filter(organization=organization).update(slug="le-thi-hoa")
    merge(SYSTEM, double, organization)
    slugs = Spokesperson.objects.filter(organization=organization).order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["le-thi-hoa", "le-thi-hoa-2", "le-thi-hoa-3"]


def test_what_is_asked_twice_at_once_is_done_once(
    an: Person, portal: Portal, organization: Organization, double: Organization
) -> None:
    third = found(an, portal=portal, name="Tổ hợp Trăng Mới", kind="cooperative")
    read_before = Organization.objects.get(pk=double.pk)
    merge(SYSTEM, double, organization)
    with pytest.raises(ValueError, match="once"):
        merge(SYSTEM, read_before, third)
    double.refresh_from_db()
    assert double.merged_into == organization


def test_a_double_holds_nobody_any_more(
    moderator: Person, stranger: Person, portal: Portal, organization: Organization, double: Organization
) -> None:
    merge(SYSTEM, double, organization)
    double.refresh_from_db()
    compare(double)
    rename(moderator, double, name="Hoa Sen")
    assert not Skeleton.objects.filter(organization=double).exists()
    assert not queries.is_held(found(stranger, portal=portal, name="Hoa Sen", kind="company"))
    assert not Likeness.objects.filter(other=double).exists()
