"""Writing for others: an editor's text goes out when its owner confirmed it, an agency's on the agency's plan."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.lib import clock
from loa.mail.models import Message
from loa.moderation.actions.approve import approve
from loa.moderation.actions.take_in import take_in
from loa.organizations.actions.found import found
from loa.organizations.models import Membership, Organization
from loa.plans.actions.grant import grant
from loa.plans.models import Plan, Spending
from loa.portals.models import Portal
from loa.releases.actions.begin_for import begin_for
from loa.releases.actions.save import save
from loa.releases.errors import NoMandate, NotAWriter, NotReady
from loa.releases.models import Answer, Release
from loa.releases.preflight.release import look_over
from loa.releases.queries import get_for_editor
from loa.releases.states import State
from tests.conftest import MakePerson

SLOT = "Hôm nay, [Tên công ty] khai trương nhà máy."
BODY = "Hợp tác xã Sao Mai đã gặt xong vụ lúa hữu cơ đầu tiên trên hai mươi héc-ta ruộng của xã viên."


@pytest.fixture
def linh(make_person: MakePerson) -> Person:
    """Writes at an agency."""
    return make_person("Linh")


@pytest.fixture
def agency(linh: Person, portal: Portal) -> Organization:
    made = found(linh, portal=portal, name="Hãng Gió Mới", kind="company")
    made.is_agency, made.approved_at = True, clock.now()
    made.save()
    return made


def for_client(moderator: Person, organization: Organization, ready: dict[str, Any]) -> Release:
    return begin_for(moderator, organization, fields=ready)


def link() -> str:
    """The way in the latest mail to an owner."""
    text = Message.objects.filter(key__startswith="confirm:").latest("pk").text
    return re.search(r"/desk/confirm/\S+", text)[0]  # type: ignore[index]


def test_an_editor_writes_and_the_owner_confirms_by_the_link(
    client: Client, moderator: Person, organization: Organization, ready: dict[str, Any]
) -> None:
    client.force_login(moderator)
    assert client.get(f"/desk/o/{organization.slug}/media").status_code == 404
    client.post(f"/desk/o/{organization.slug}/new")
    assert client.get(f"/desk/o/{organization.slug}/media").status_code == 200
    release = Release.objects.get()
    assert (release.is_by_desk, release.author) == (True, moderator)
    door = f"/desk/releases/{release.public_id}"
    assert "Hãy viết tiêu đề." in client.post(f"{door}/confirm", follow=True).text
    release = save(release, fields=ready, expected_revision=release.revision)
    assert "chưa xác nhận" in client.post(f"{door}/submit").text
    client.post(f"{door}/confirm")
    assert ready["headline"] not in Message.objects.get().text
    owner = Client()
    page = owner.get(link())
    assert ready["headline"] in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert not Release.objects.get().confirmation.is_confirmed, "opening it changes nothing"
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]  # type: ignore[index]
    assert owner.post(link(), {"seen": seen, "wish": ""}).status_code == 400
    assert "Đã xác nhận" in owner.post(link(), {"seen": seen, "confirm": "1"}, follow=True).text
    assert "đã xác nhận đúng bản này" in client.get(door).text
    answer = client.post(f"{door}/submit", follow=True)
    assert "Đã đăng." in answer.text
    assert Entry.objects.get().organization == organization
    assert client.get(door).status_code == 404, "it is the organization's now"
    assert Record.objects.filter(act__in=["begin_for", "ask_to_confirm", "answer_confirmation"]).count() == 3


def test_a_changed_text_is_confirmed_no_longer(
    client: Client, an: Person, moderator: Person, organization: Organization, ready: dict[str, Any]
) -> None:
    release = for_client(moderator, organization, ready)
    client.force_login(moderator)
    client.post(f"/desk/releases/{release.public_id}/confirm")
    client.force_login(an)
    assert "Chờ bạn xác nhận" in client.get("/desk/").text
    door = link().partition("?")[0]
    seen = re.search(r'name="seen" value="(\w+)"', client.get(door).text)[1]  # type: ignore[index]
    client.post(door, {"seen": seen, "confirm": "1"})
    release = save(release, fields={"lead": "Sáu tấn mỗi héc-ta."}, expected_revision=release.revision)
    with pytest.raises(NotReady):
        take_in(moderator, release)
    assert client.post(door, {"seen": seen, "confirm": "1"}).status_code == 409
    assert "đã được sửa sau khi bạn trả lời" in client.get(door).text


def test_a_wish_for_changes_reaches_the_editor(
    client: Client, an: Person, moderator: Person, organization: Organization, ready: dict[str, Any]
) -> None:
    release = for_client(moderator, organization, ready)
    client.force_login(moderator)
    client.post(f"/desk/releases/{release.public_id}/confirm")
    door = link()
    client.force_login(an)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(door).text)[1]  # type: ignore[index]
    client.post(door, {"seen": seen, "wish": "Năng suất là sáu tấn."})
    assert "sáu tấn" in Message.objects.get(to=moderator.email).text
    client.force_login(moderator)
    assert "Năng suất là sáu tấn." in client.get(f"/desk/releases/{release.public_id}").text


def test_only_owners_confirm_and_only_editors_and_agencies_write(
    client: Client, stranger: Person, moderator: Person, organization: Organization, ready: dict[str, Any]
) -> None:
    release = for_client(moderator, organization, ready)
    client.force_login(moderator)
    client.post(f"/desk/releases/{release.public_id}/confirm")
    door = link().partition("?")[0]
    Membership.objects.create(organization=organization, person=stranger)
    for person in (moderator, stranger):
        client.force_login(person)
        assert client.get(door).status_code == 404
    assert Client().get(door).status_code == 302
    assert Client().get(f"{door}?link=x").status_code == 302
    with pytest.raises(NotAWriter):
        begin_for(stranger, organization, fields=ready)


def agreed(client: Client, an: Person, linh: Person, organization: Organization, agency: Organization) -> None:
    """The client asks, the agency agrees, each by a button."""
    client.force_login(an)
    assert agency.name in client.get(f"/desk/o/{organization.slug}/agencies?q=gio moi").text
    client.post(f"/desk/o/{organization.slug}/agencies", {"ask": agency.slug})
    assert f"/desk/o/{agency.slug}/agencies" in Message.objects.get(to=linh.email).text
    client.force_login(linh)
    door = f"/desk/o/{agency.slug}/agencies"
    which = re.search(r'name="agree" value="(\w+)"', client.get(door).text)[1]  # type: ignore[index]
    assert "đã đồng ý" in client.post(door, {"agree": which}, follow=True).text


def test_an_agency_writes_for_a_client_on_its_own_plan(
    client: Client,
    an: Person,
    linh: Person,
    organization: Organization,
    agency: Organization,
    portal: Portal,
    ready: dict[str, Any],
) -> None:
    agreed(client, an, linh, organization, agency)
    plan = Plan.objects.create(portal=portal, slug="hang", name_vi="Hãng", price=1, allowance=1)
    grant(actor(linh), agency, plan, key="order:1")
    assert organization.name in client.get("/desk/").text
    client.post(f"/desk/o/{organization.slug}/new")
    release = Release.objects.get()
    assert (release.organization, release.agency) == (organization, agency)
    release = save(release, fields=ready, expected_revision=release.revision)
    assert client.get(f"/desk/o/{organization.slug}/members").status_code == 404
    assert client.get(f"/desk/o/{organization.slug}/media").status_code == 200
    assert "Đã đăng." in client.post(f"/desk/releases/{release.public_id}/submit", follow=True).text
    assert Entry.objects.get().organization == organization
    spent = Spending.objects.get()
    assert (spent.organization, spent.sender) == (agency, organization)
    assert "đăng cho Hợp tác xã Sao Mai" in client.get(f"/desk/o/{agency.slug}/plan").text
    record = Record.objects.get(act="publish")
    assert (record.actor_label, record.detail["agency"]) == (linh.email, agency.slug)
    client.post(f"/desk/o/{organization.slug}/new")
    second = Release.objects.exclude(pk=release.pk).get()
    second = save(second, fields=ready, expected_revision=second.revision)
    page = client.post(f"/desk/releases/{second.public_id}/submit")
    assert (page.status_code, "Hãng Gió Mới" in page.text) == (402, True)


def test_an_agency_brings_a_file_and_settles_what_preflight_finds(
    client: Client, an: Person, linh: Person, organization: Organization, agency: Organization
) -> None:
    agreed(client, an, linh, organization, agency)
    file = SimpleUploadedFile("tin.md", f"# Sao Mai gặt lúa\n\n{SLOT}\n\n{BODY}".encode())
    page = client.post(f"/desk/o/{organization.slug}/bring", {"brought": file}, follow=True)
    release = Release.objects.get()
    assert (page.status_code, release.organization, release.agency) == (200, organization, agency)
    door = f"/desk/releases/{release.public_id}"
    assert client.post(f"{door}/preflight", {"headline": release.headline}).status_code == 200
    key = next(row.finding.key for row in look_over(release))
    client.post(f"{door}/preflight/answer", {f"reason-{key}": "Khách hàng muốn vậy.", "answer": key})
    assert Answer.objects.get().person == linh
    organization.mandates_given.update(ended_at=clock.now())
    assert client.post(f"/desk/o/{organization.slug}/bring", {"brought": file}).status_code == 404
    for way in ("", "/preflight", "/preflight/answer", "/brought", "/brought/dismiss"):
        assert client.post(f"{door}{way}").status_code == 404, way


def test_a_client_ends_it_in_one_click_and_keeps_the_drafts(
    client: Client, an: Person, linh: Person, organization: Organization, agency: Organization, ready: dict[str, Any]
) -> None:
    agreed(client, an, linh, organization, agency)
    release = begin_for(linh, organization, fields=ready)
    assert get_for_editor(linh, release.public_id) == release
    client.force_login(an)
    door = f"/desk/o/{organization.slug}/agencies"
    which = re.search(r'name="end" value="(\w+)"', client.get(door).text)[1]  # type: ignore[index]
    client.post(door, {"end": which})
    assert get_for_editor(linh, release.public_id) is None
    with pytest.raises(NotAWriter):
        begin_for(linh, organization, fields=ready)
    with pytest.raises(NoMandate):
        take_in(linh, release)
    assert Release.objects.get().state == State.DRAFT
    assert take_in(an, release) == "published"
    assert Release.objects.get().agency is None, "its own people took it over"
    assert list(Record.objects.filter(act__endswith="_mandate").order_by("pk").values_list("act", flat=True)) == [
        "ask_mandate", "agree_mandate", "end_mandate",
    ]  # fmt: skip


def test_what_waits_does_not_go_out_once_the_client_has_ended_it(
    client: Client,
    an: Person,
    linh: Person,
    moderator: Person,
    organization: Organization,
    agency: Organization,
    ready: dict[str, Any],
) -> None:
    agreed(client, an, linh, organization, agency)
    Organization.objects.filter(pk=organization.pk).update(approved_at=None)
    release = begin_for(linh, organization, fields=ready)
    assert take_in(linh, release) == "queued"
    Organization.objects.filter(pk=agency.pk).update(is_agency=False)
    with pytest.raises(NoMandate):
        approve(moderator, Release.objects.get())
    client.force_login(moderator)
    assert "gửi lại cho người viết" in client.post(f"/moderation/{release.public_id}/approve", follow=True).text


def test_an_agency_asks_too_and_only_owners_answer(
    client: Client, an: Person, linh: Person, stranger: Person, organization: Organization, agency: Organization
) -> None:
    client.force_login(linh)
    client.post(f"/desk/o/{agency.slug}/agencies", {"ask": organization.slug})
    Membership.objects.create(organization=organization, person=stranger)
    client.force_login(stranger)
    door = f"/desk/o/{organization.slug}/agencies"
    assert 'name="agree"' not in client.get(door).text
    which = organization.mandates_given.get().public_id
    assert "Chỉ chủ tài khoản" in client.post(door, {"agree": which}, follow=True).text
    client.force_login(an)
    assert "Đã đồng ý." in client.post(door, {"agree": which}, follow=True).text
    assert organization.mandates_given.get().is_agreed


def test_the_operator_says_who_is_an_agency(client: Client, operator: Person, organization: Organization) -> None:
    client.force_login(operator)
    door = f"/operator/plans/organizations/{organization.slug}"
    client.post(f"{door}/agency", {"is_agency": "1"})
    organization.refresh_from_db()
    assert organization.is_agency
    assert "Không còn là hãng" in client.get(door).text
