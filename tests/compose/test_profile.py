"""What an organization says about itself, and its logo."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.lib import clock
from loa.organizations.models import Organization

Photo = Callable[..., SimpleUploadedFile]


@pytest.fixture
def door(organization: Organization) -> str:
    return f"/desk/o/{organization.slug}/profile"


def test_it_is_kept_and_readers_see_it(desk: Client, organization: Organization, door: str, photo: Photo) -> None:
    sent = {"website": "https://saomai.example", "profile": "Trồng lúa hữu cơ.", "profile_en": "", "logo": photo()}
    assert desk.post(door, sent).status_code == 302
    organization.refresh_from_db()
    assert organization.logo.startswith("/media/")
    page = desk.get(f"/o/{organization.slug}").text
    assert "Trồng lúa hữu cơ." in page
    assert organization.logo in page
    assert Record.objects.filter(act="describe").count() == 1


def test_a_logo_stays_when_none_is_sent(desk: Client, organization: Organization, door: str, photo: Photo) -> None:
    desk.post(door, {"logo": photo()})
    organization.refresh_from_db()
    kept = organization.logo
    desk.post(door, {"profile": "Lời mới."})
    organization.refresh_from_db()
    assert (organization.logo, organization.profile) == (kept, "Lời mới.")


def test_what_is_no_picture_is_said_and_the_words_stay(desk: Client, door: str) -> None:
    sent = {"profile": "Lời vừa gõ.", "logo": SimpleUploadedFile("logo.svg", b"<svg/>")}
    answer = desk.post(door, sent)
    assert answer.status_code == 400
    assert "không phải ảnh" in answer.text
    assert "Lời vừa gõ." in answer.text


def test_a_writer_who_is_no_owner_cannot(
    client: Client, organization: Organization, door: str, stranger: Person
) -> None:
    organization.memberships.create(person=stranger)
    client.force_login(stranger)
    assert client.post(door, {"profile": "Của tôi."}).status_code == 400
    organization.refresh_from_db()
    assert organization.profile != "Của tôi."


def test_a_stranger_finds_nothing(client: Client, door: str, stranger: Person) -> None:
    client.force_login(stranger)
    assert client.get(door).status_code == 404


@pytest.mark.parametrize("form", [{"profile": "Lời khác."}, {"email": "d@example.vn"}])
def test_a_suspended_organization_is_told_so_and_loses_no_word(
    desk: Client, organization: Organization, door: str, form: dict[str, str]
) -> None:
    Organization.objects.filter(pk=organization.pk).update(suspended_at=clock.now())
    answer = desk.post(door if "profile" in form else door.replace("profile", "members"), form)
    assert answer.status_code == 400
    assert "đang tạm ngưng nên chưa làm được việc này" in answer.text
    assert next(iter(form.values())) in answer.text


def contacts(*rows: dict[str, str]) -> dict[str, str]:
    sent = {"press_contacts-TOTAL_FORMS": str(len(rows)), "press_contacts-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        sent |= {f"press_contacts-{number}-{name}": value for name, value in row.items()}
    return sent


def test_press_contacts_are_rows_and_a_form_without_them_leaves_them(
    desk: Client, organization: Organization, door: str
) -> None:
    lan = {
        "name": "Nguyễn Thị Lan",
        "role": "Truyền thông",
        "phone": "024 3825 1234 máy lẻ 7",
        "email": "lan@saomai.vn",
    }
    sent = contacts(lan | {"language": "vi en"}, {"name": "", "language": ""})
    assert desk.post(door, sent).status_code == 302
    desk.post(door, {"profile": "Lời mới."})
    organization.refresh_from_db()
    assert organization.press_contacts == [lan | {"language": "vi en"}]
    assert "024 3825 1234 máy lẻ 7" in desk.get(door).text
    desk.post(door, contacts(lan | {"DELETE": "on"}))
    organization.refresh_from_db()
    assert organization.press_contacts == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"name": "Lan"}, "điện thoại hoặc thư"),
        ({"phone": "024 3825 1234"}, "tên người hoặc phòng"),
        ({"name": "Lan", "phone": "gọi sau"}, "gọi không được"),
        ({"name": "Lan", "email": "lan"}, "email"),
    ],
)
def test_a_contact_nobody_can_reach_is_said(desk: Client, door: str, row: dict[str, str], sentence: str) -> None:
    answer = desk.post(door, {"profile": "Lời vừa gõ.", **contacts(row)})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "Lời vừa gõ." in answer.text
