"""A person's organizations: one is founded, a colleague is invited and joins, a stranger finds nothing."""

import re

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.mail.models import Message
from loa.organizations import queries
from loa.organizations.actions.found import found
from loa.organizations.models import Invitation, Organization
from loa.portals.models import Portal
from loa.releases.models import Release


def invitation_link() -> str:
    """Return the path in the last mail."""
    found = re.search(r"http://testserver(/desk/join/\S+)", Message.objects.latest("id").text)
    assert found is not None
    return found[1]


def test_one_is_founded(desk: Client, an: Person) -> None:
    form = {"name": "Nông trại Hướng Dương", "kind": "cooperative", "website": "https://huongduong.example"}
    assert desk.post("/desk/organizations/new", form)["Location"] == "/desk/o/nong-trai-huong-duong"
    assert queries.is_owner(an, Organization.objects.get())
    assert "Nông trại Hướng Dương" in desk.get("/desk/").text


def test_who_has_one_organization_begins_at_the_desk(desk: Client, an: Person, organization: Organization) -> None:
    begin = f'action="/desk/o/{organization.slug}/new"'
    assert begin in desk.get("/desk/").text
    found(an, portal=organization.portal, name="Một nhà nữa", kind="company")
    assert begin not in desk.get("/desk/").text, "of two, neither is meant"


def test_nobody_founds_the_portal_s_own_desk(desk: Client) -> None:
    page = desk.post("/desk/organizations/new", {"name": "Ban biên tập", "kind": "portal_desk"})
    assert page.status_code == 400
    assert "Ban biên tập" in page.text
    assert not Organization.objects.exists()


def test_a_colleague_is_invited_and_joins_with_a_button(
    desk: Client, organization: Organization, stranger: Person
) -> None:
    page = desk.post(f"/desk/o/{organization.slug}/members", {"email": stranger.email}, follow=True)
    assert "Đã gửi lời mời." in page.text
    colleague = Client()
    colleague.force_login(stranger)
    assert colleague.get(invitation_link()).status_code == 200
    assert not queries.of_person(stranger).exists()
    assert colleague.post(invitation_link())["Location"] == f"/desk/o/{organization.slug}"
    assert list(queries.of_person(stranger)) == [organization]
    again = colleague.post(invitation_link())
    assert again.status_code == 410
    assert "Lời mời này đã dùng" in again.text


def test_an_invitation_asks_who_one_is_first(client: Client, portal: Portal) -> None:
    assert client.get("/desk/join/abc")["Location"] == "/accounts/login/?next=/desk/join/abc"


def test_a_writer_does_not_invite(client: Client, organization: Organization, stranger: Person) -> None:
    organization.memberships.create(person=stranger)
    client.force_login(stranger)
    page = client.post(f"/desk/o/{organization.slug}/members", {"email": "d@example.vn"})
    assert page.status_code == 400
    assert "Chỉ chủ tài khoản mời được người khác." in page.text
    assert not Invitation.objects.exists()


def test_thirty_invitations_a_day_are_enough(desk: Client, organization: Organization) -> None:
    door = f"/desk/o/{organization.slug}/members"
    for number in range(30):
        assert desk.post(door, {"email": f"d{number}@example.vn"}).status_code == 302
    page = desk.post(door, {"email": "d30@example.vn"})
    assert "Ngày mai hãy mời tiếp." in page.text
    assert "d30@example.vn" in page.text
    assert Invitation.objects.count() == 30


@pytest.mark.parametrize("door", ["", "/members", "/new"])
def test_not_for_you_and_is_not_are_one_answer(
    client: Client, organization: Organization, stranger: Person, door: str
) -> None:
    client.force_login(stranger)
    ours, address = organization.slug, f"/desk/o/{organization.slug}{door}"
    answers = [client.post(address), client.get(address)]
    Organization.objects.filter(slug=ours).update(slug="ten-khac")
    answers += [client.post(address), client.get(address)]
    if door == "/new":
        assert [answer.status_code for answer in answers] == [404, 405, 404, 405]
        answers = answers[::2]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_from_an_english_page_the_invitation_is_english(desk: Client, organization: Organization) -> None:
    desk.post(f"/en/desk/o/{organization.slug}/members", {"email": "d@example.vn"})
    mail = Message.objects.latest("id")
    assert mail.subject == f"Invitation from {organization.name}"
    assert "http://testserver/en/desk/join/" in mail.text


def test_one_is_founded_with_a_name_for_english_pages(desk: Client) -> None:
    form = {"name": "Nông trại Hướng Dương", "name_en": " Sunflower Farm ", "kind": "cooperative"}
    desk.post("/desk/organizations/new", form)
    assert Organization.objects.get().name_en == "Sunflower Farm"


def test_nobody_founds_without_end(desk: Client, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.compose.views.organizations.FOUNDED_A_DAY", 1)
    form = {"name": "Nông trại Hướng Dương", "kind": "cooperative"}
    assert desk.post("/desk/organizations/new", form).status_code == 302
    page = desk.post("/desk/organizations/new", form)
    assert page.status_code == 429
    assert "Ngày mai hãy tạo tiếp." in page.text
    assert "Nông trại Hướng Dương" in page.text
    assert Organization.objects.count() == 1


def test_nobody_begins_drafts_without_end(
    desk: Client, organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.compose.views.organizations.BEGUN_A_DAY", 1)
    for door in ("new", "bring"):
        desk.post(f"/desk/o/{organization.slug}/new")
        page = desk.post(f"/desk/o/{organization.slug}/{door}", follow=True)
        assert "Hãy viết tiếp một bản đã có." in page.text
    skeleton = {"kind": "news", "language": "vi"}
    draft = Release.objects.get()
    for door, sent in (
        (f"/desk/o/{organization.slug}/begin", skeleton), (f"/desk/releases/{draft.public_id}/copy", {}),
    ):  # fmt: skip
        assert "Hãy viết tiếp một bản đã có." in desk.post(door, sent, follow=True).text
    assert Release.objects.count() == 1
