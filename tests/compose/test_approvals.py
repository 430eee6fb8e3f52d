"""The pages of approvals: a button for who has no account, a list for the writers, and who approves at all."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.accounts.models import Person
from loa.mail.models import Message
from loa.media.actions.take_in import take_in
from loa.organizations.models import Membership, Organization, Role
from loa.releases.actions.save import save
from loa.releases.models import Approval, Release
from tests.conftest import MakePerson, Write


@pytest.fixture
def chi(make_person: MakePerson, organization: Organization) -> Person:
    person = make_person("Chi")
    Membership.objects.create(organization=organization, person=person, role=Role.APPROVER)
    return person


def door(release: Release, act: str = "approvals") -> str:
    return f"/desk/releases/{release.public_id}/{act}"


def ask(desk: Client, release: Release) -> str:
    """The way of the link in the lawyer's mail."""
    form = {"ask": "1", "name": "Luật sư Hà", "email": "ha@luat.example"}
    assert "Đã gửi thư nhờ Luật sư Hà duyệt." in desk.post(door(release), form, follow=True).text
    mail = Message.objects.filter(to="ha@luat.example").latest("pk")
    return "/approve?link=" + mail.text.split("/approve?link=")[1].split()[0]


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_somebody_without_an_account_reads_and_approves(desk: Client, write: Write) -> None:
    release = write()
    link, lawyer = ask(desk, release), Client()
    assert "Luật sư Hà chưa trả lời" in desk.get(door(release, "submit")).text
    page = lawyer.get(link)
    assert release.headline in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "same-origin"
    assert not Approval.objects.exclude(answered_at=None).exists(), "opening it changes nothing"
    assert lawyer.post(link, {"seen": seen_on(page.text), "wish": " "}).status_code == 400
    done = lawyer.post(link, {"seen": seen_on(page.text), "approve": "1"}, follow=True)
    assert "Bạn đã duyệt bản này" in done.text
    listed = desk.get(door(release, "submit")).text
    assert "Đã duyệt bản này" in listed
    assert "bản lưu thứ 1" in listed
    save(release, fields={"lead": "Sáu tấn."}, expected_revision=release.revision)
    assert "Đã duyệt bản trước khi sửa" in desk.get(f"/desk/releases/{release.public_id}").text
    assert "Bản này đã được sửa sau khi bạn duyệt" in lawyer.get(link).text
    assert lawyer.post(link, {"seen": seen_on(page.text), "approve": "1"}).status_code == 409


def test_a_wish_stands_on_the_list_and_the_same_person_is_asked_again(desk: Client, write: Write) -> None:
    release = write()
    link, lawyer = ask(desk, release), Client()
    seen = seen_on(lawyer.get(link).text)
    assert "Đã gửi lời của bạn" in lawyer.post(link, {"seen": seen, "wish": "Bỏ chữ “nhất”."}, follow=True).text
    assert "Bỏ chữ “nhất”." in desk.get(door(release)).text
    row = Approval.objects.get()
    desk.post(door(release), {"again": row.public_id})
    assert lawyer.get(link).status_code == 410, "the old link has ended"
    assert Message.objects.filter(to="ha@luat.example").count() == 2
    assert "Đã bỏ tên." in desk.post(door(release), {"drop": row.public_id}, follow=True).text


def test_a_link_that_is_not_good_tells_nothing(write: Write, desk: Client) -> None:
    release = write()
    link = ask(desk, release)
    Approval.objects.update(expires_at=release.begun_at)
    pages = [Client().get(path) for path in (link, "/approve?link=khong-co", "/approve")]
    assert [page.status_code for page in pages] == [410, 410, 410]
    assert all(release.headline not in page.text and "Sao Mai" not in page.text for page in pages)


def test_the_pictures_of_that_text_are_seen_by_the_link_and_no_others(
    desk: Client, write: Write, organization: Organization, photo: Callable[..., SimpleUploadedFile]
) -> None:
    files = [
        take_in(photo(colour=colour).read(), owner_key=f"organization:{organization.pk}") for colour in ("red", "blue")
    ]
    addresses = [one.get_absolute_url() for one in files]
    release = write(pictures=[{"url": addresses[0], "alt": "Lúa", "credit": "An"}])
    link, lawyer = ask(desk, release), Client()
    assert [lawyer.get(address).status_code for address in addresses] == [404, 404]
    lawyer.get(link)
    assert [lawyer.get(address).status_code for address in addresses] == [200, 404]
    desk.post(door(release), {"drop": Approval.objects.get().public_id})
    assert lawyer.get(addresses[0]).status_code == 404


def test_a_member_approves_by_their_desk(client: Client, desk: Client, chi: Person, write: Write) -> None:
    release = write()
    assert "Chi" in desk.get(door(release)).text
    desk.post(door(release), {"ask": "1", "member": chi.pk})
    client.force_login(chi)
    assert "Chờ bạn duyệt" in client.get("/desk/").text
    page = f"/desk/approvals/{Approval.objects.get().public_id}"
    client.post(page, {"seen": seen_on(client.get(page).text), "approve": "1"})
    assert Approval.objects.get().is_approved
    assert Client().get(page).status_code == 302


def test_who_may_approve_needs_not_be_asked(client: Client, chi: Person, an: Person, write: Write) -> None:
    release = write()
    client.force_login(an)
    assert "Bạn duyệt bản này" not in client.get(door(release)).text
    client.force_login(chi)
    page = client.get(door(release)).text
    assert "Đã duyệt bản này." in client.post(door(release), {"approve": "1", "seen": seen_on(page)}, follow=True).text


def test_four_eyes_are_turned_on_and_a_writer_made_an_approver(
    desk: Client, an: Person, stranger: Person, write: Write, organization: Organization
) -> None:
    member = Membership.objects.create(organization=organization, person=stranger)
    page = f"/desk/o/{organization.slug}/duties"
    assert "Đang tắt" in desk.get(page).text
    assert "Đang bật" in desk.post(page, {"required": "1"}, follow=True).text
    release = write()
    assert "yêu cầu một người khác người viết" in desk.post(door(release, "submit")).text
    assert "Thôi duyệt" in desk.post(page, {"member": member.pk, "role": "approver"}, follow=True).text
    desk.force_login(stranger)
    assert "Chỉ chủ tài khoản" in desk.post(page, {"optional": "1"}, follow=True).text
    organization.refresh_from_db()
    assert organization.needs_approval


def test_what_is_missing_of_the_form_is_said(desk: Client, write: Write) -> None:
    page = desk.post(door(write()), {"ask": "1", "name": "", "email": "không phải thư"})
    assert page.status_code == 400
    assert "Hãy ghi tên người duyệt." in page.text


def test_strangers_find_no_approvals(client: Client, stranger: Person, chi: Person, desk: Client, write: Write) -> None:
    release = write()
    desk.post(door(release), {"ask": "1", "member": chi.pk})
    client.force_login(stranger)
    assert client.get(door(release)).status_code == 404
    assert client.get(f"/desk/approvals/{Approval.objects.get().public_id}").status_code == 404
