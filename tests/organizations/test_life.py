"""The life of an organization: handed on, left, closed, merged, claimed; and who has left can do nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.audit import queries as audit
from loa.audit.actions.record import SYSTEM
from loa.desk.actions.merge import merge
from loa.mail.models import Message
from loa.moderation.actions.take_in import take_in
from loa.organizations import queries
from loa.organizations.actions.appoint import appoint
from loa.organizations.actions.close import close, reopen
from loa.organizations.actions.enter import enter
from loa.organizations.actions.found import found
from loa.organizations.actions.hand_on import hand_on
from loa.organizations.actions.invite import invite
from loa.organizations.actions.join import join
from loa.organizations.actions.leave import leave
from loa.organizations.actions.remove_member import remove_member
from loa.organizations.actions.rename import rename
from loa.organizations.errors import HasMoney, InvitationGone, LastOwner, NotMember, NotOwner
from loa.organizations.models import Membership, Organization
from loa.plans.actions.add_credits import add_credits
from loa.portals.models import Portal
from loa.releases.actions.keep_template import keep_template
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.errors import Suspended
from loa.releases.models import Release, Template
from tests.conftest import MakePerson, Write


@pytest.fixture
def viet(make_person: MakePerson, organization: Organization) -> Person:
    """A writer of the organization."""
    person = make_person("Viet")
    Membership.objects.create(organization=organization, person=person)
    return person


def of(person: Person, organization: Organization) -> int:
    return Membership.objects.get(person=person, organization=organization).pk


def last_act(organization: Organization) -> str:
    record = audit.of(f"organization:{organization.pk}").first()
    return record.act if record else ""


def test_an_owner_hands_on_and_steps_back(an: Person, viet: Person, organization: Organization) -> None:
    hand_on(an, organization, of(viet, organization), steps_back=True)
    assert list(queries.owners(organization)) == [viet]
    assert queries.is_member(an, organization)
    assert last_act(organization) == "hand_on"
    assert {mail.to for mail in Message.objects.filter(key__startswith="tell_change")} == {an.email, viet.email}


def test_nobody_but_an_owner_hands_on_or_removes(an: Person, viet: Person, organization: Organization) -> None:
    for act in (hand_on, remove_member):
        with pytest.raises(NotOwner):
            act(viet, organization, of(an, organization))
        with pytest.raises(NotMember):
            act(an, organization, 10**6)


def test_the_last_owner_neither_leaves_nor_is_removed(an: Person, viet: Person, organization: Organization) -> None:
    with pytest.raises(LastOwner):
        leave(an, organization)
    with pytest.raises(LastOwner):
        remove_member(an, organization, of(an, organization))
    hand_on(an, organization, of(viet, organization))
    leave(an, organization)
    assert not queries.is_member(an, organization)
    with pytest.raises(NotMember):
        leave(an, organization)


@pytest.fixture
def be_quicker(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Return a call after which the next act has its lock only when another one was quicker."""
    locked = queries.locked

    def let(act: Callable[[], None]) -> None:
        def late(*wanted: Organization) -> list[Organization]:
            monkeypatch.setattr(queries, "locked", locked)
            act()
            return locked(*wanted)

        monkeypatch.setattr(queries, "locked", late)

    return let


def test_who_becomes_the_last_owner_while_they_leave_stays(
    an: Person, viet: Person, organization: Organization, be_quicker: Callable[[Callable[[], None]], None]
) -> None:
    be_quicker(lambda: hand_on(an, organization, of(viet, organization), steps_back=True))
    with pytest.raises(LastOwner):
        leave(viet, organization)


def test_who_is_removed_at_that_moment_removes_nobody(
    an: Person, viet: Person, organization: Organization, be_quicker: Callable[[Callable[[], None]], None]
) -> None:
    hand_on(an, organization, of(viet, organization))
    be_quicker(lambda: remove_member(viet, organization, of(an, organization)))
    with pytest.raises(NotOwner):
        remove_member(an, organization, of(viet, organization))


def test_who_was_removed_does_not_come_back_by_an_old_invitation(
    an: Person, viet: Person, organization: Organization
) -> None:
    invite(an, organization, email=viet.email)
    token = Message.objects.get(key__startswith="invite").text.partition("/desk/join/")[2].split()[0]
    remove_member(an, organization, of(viet, organization))
    with pytest.raises(InvitationGone):
        join(viet, token=token)


def test_a_closed_organization_publishes_nothing_and_its_newsroom_says_so(
    client: Client, an: Person, organization: Organization, write: Write, put_out: Callable[..., Entry]
) -> None:
    entry, draft = put_out(), write()
    close(an, organization)
    with pytest.raises(Suspended):
        take_in(an, draft)
    assert "đã đóng tài khoản" in client.get(f"/o/{organization.slug}").text
    assert client.get(f"/r/{entry.public_id}", follow=True).status_code == 200
    close(an, organization)
    reopen(SYSTEM, organization)
    assert take_in(an, draft) != ""


def test_the_operator_gives_what_nobody_owns_to_somebody(an: Person, portal: Portal) -> None:
    organization = enter(SYSTEM, portal=portal, name="Báo Cũ")
    assert queries.is_ownerless(organization)
    appoint(SYSTEM, organization, email=an.email.upper())
    assert queries.is_owner(an, organization)
    with pytest.raises(NotMember):
        appoint(SYSTEM, organization, email="khong@example.vn")


def test_without_an_owner_every_release_waits(
    an: Person, viet: Person, organization: Organization, write: Write
) -> None:
    draft = write()
    an.delete()
    assert take_in(viet, draft) == "queued"


def test_renamed_it_is_compared_anew(
    moderator: Person, stranger: Person, portal: Portal, organization: Organization
) -> None:
    other = found(stranger, portal=portal, name="Trăng Mới", kind="company")
    rename(moderator, other, name="Sao Mai JSC")
    other.refresh_from_db()
    assert (other.name, other.slug) == ("Sao Mai JSC", "trang-moi")
    assert queries.is_held(other)


@pytest.fixture
def double(stranger: Person, portal: Portal, write: Write) -> Organization:
    made = found(stranger, portal=portal, name="HTX Sao Mai Đồng Tháp", kind="cooperative")
    publish(actor(stranger), submit(stranger, write(made)))
    return made


def test_a_double_becomes_one_with_it(
    client: Client, stranger: Person, organization: Organization, double: Organization, put_out: Callable[..., Entry],
    write: Write,
) -> None:  # fmt: skip
    put_out()
    for sender, headline in ((double, "Của bên kia"), (organization, "Của bên này")):
        keep_template(stranger, write(sender, headline=headline), name="Thư mời")
    keep_template(stranger, write(double), name="Kết quả quý")
    entry = Entry.objects.get(organization=double)
    version = entry.current
    merge(SYSTEM, double, organization)
    entry.refresh_from_db()
    assert entry.organization == organization
    assert entry.current == version
    assert set(Release.objects.values_list("organization", flat=True)) == {organization.pk}
    templates = Template.objects.filter(organization=organization).order_by("name")
    assert [template.name for template in templates] == ["Kết quả quý", "Thư mời"]
    assert templates[1].fields["headline"] == "Của bên này"
    for before, now in (("", ""), ("/feed.xml", "/feed.xml"), ("/media", "/media"), ("?year=2026", "?year=2026")):
        answer = client.get(f"/o/{double.slug}{before}")
        assert (answer.status_code, answer["Location"]) == (301, f"/o/{organization.slug}{now}")
    assert client.get(f"/en/o/{double.slug}")["Location"] == f"/en/o/{organization.slug}"
    assert last_act(organization) == "merge"


def test_a_chain_of_doubles_leads_on_in_one_step(
    client: Client, an: Person, portal: Portal, organization: Organization, double: Organization
) -> None:
    third = found(an, portal=portal, name="Tổ hợp Sao Mai", kind="cooperative")
    merge(SYSTEM, double, third)
    merge(SYSTEM, third, organization)
    organization.approved_at = organization.created_at
    organization.save()
    assert client.get(f"/o/{double.slug}")["Location"] == f"/o/{organization.slug}"


def test_one_with_money_or_of_another_portal_is_not_merged(
    an: Person, organization: Organization, double: Organization
) -> None:
    add_credits(SYSTEM, double, 1, key="gift")
    with pytest.raises(HasMoney):
        merge(SYSTEM, double, organization)
    elsewhere = found(an, portal=Portal.objects.create(slug="hanoi", name="Hà Nội"), name="Sao", kind="company")
    for one, other in ((elsewhere, organization), (organization, organization)):
        with pytest.raises(ValueError, match="one portal"):
            merge(SYSTEM, one, other)


def test_the_page_of_members_does_it(client: Client, an: Person, viet: Person, organization: Organization) -> None:
    client.force_login(an)
    page = f"/desk/o/{organization.slug}/members"
    assert "Bỏ khỏi tổ chức" in client.get(page).text
    client.post(f"{page}/change", {"remove": of(viet, organization)})
    assert not queries.is_member(viet, organization)
    client.post(f"{page}/change", {"close": "1"})
    organization.refresh_from_db()
    assert organization.closed_at is None
    client.post(f"{page}/change", {"close": "1", "sure": "on"})
    organization.refresh_from_db()
    assert organization.closed_at is not None
    assert actor(an).id == audit.of(f"organization:{organization.pk}").get(act="close").actor_id
