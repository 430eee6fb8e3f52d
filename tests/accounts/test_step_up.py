"""A session alone is not enough: what the world sees is asked for once more, and nothing typed is lost meanwhile."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.test import Client

from loa.accounts.adapter import Factors
from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.moderation.models import Report
from loa.organizations.models import Invitation, Organization
from loa.portals.models import Portal
from loa.releases.models import Release
from loa.releases.states import State
from tests.accounts.test_factors import code
from tests.conftest import PASSWORD, Write

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PutOut = Callable[..., Entry]


@pytest.fixture
def thief(client: Client, an: Person, portal: Portal) -> Client:
    """Whoever holds An's cookie, an hour after An signed in."""
    client.force_login(an)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()
    return client


def forget_proof(client: Client, person: Person) -> None:
    """Signs somebody in so long ago that they are asked once more."""
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()


def fields_of(page: str) -> dict[str, str | list[str]]:
    """What the page that asks carries along, as a browser would send it."""
    found: dict[str, str | list[str]] = {}
    for field in BeautifulSoup(page, "html.parser").select("main form [name]"):
        value = field.get_text().removeprefix("\n") if field.name == "textarea" else str(field.get("value", ""))
        found[str(field["name"])] = value
    return found


def test_a_stolen_session_cannot_publish(thief: Client, write: Write) -> None:
    release = write()
    answer = thief.post(f"/desk/releases/{release.public_id}/submit")
    assert answer.status_code == 403
    assert "Xác nhận là bạn" in answer.text
    for guess in ("", "123456789", "mat-khau-cua-an"):
        thief.post(f"/desk/releases/{release.public_id}/submit", {"step_up": "1", "step_up_password": guess})
    release.refresh_from_db()
    assert release.state == State.DRAFT
    assert not Entry.objects.exists()


def test_a_stolen_session_cannot_say_who_approves(thief: Client, organization: Organization) -> None:
    assert thief.post(f"/desk/o/{organization.slug}/duties", {"required": "1"}).status_code == 403
    organization.refresh_from_db()
    assert not organization.needs_approval


def test_its_owner_goes_on_with_the_password_and_is_not_asked_again(thief: Client, write: Write) -> None:
    first, second = write(), write(headline="Sao Mai mở kho lạnh mới", lead="Kho chứa 200 tấn nông sản.")
    page = thief.post(f"/desk/releases/{first.public_id}/submit")
    thief.post(f"/desk/releases/{first.public_id}/submit", fields_of(page.text) | {"step_up_password": PASSWORD})
    thief.post(f"/desk/releases/{second.public_id}/submit")
    states = set(Release.objects.values_list("state", flat=True))
    assert State.DRAFT not in states


def test_what_was_typed_goes_on(thief: Client, put_out: PutOut) -> None:
    entry = put_out()
    address = f"/desk/releases/{Release.objects.get().public_id}/withdraw"
    statement = "\nChúng tôi rút lại.\nSố liệu chưa đúng & <b>đang sửa</b>."
    page = thief.post(address, {"statement": statement})
    assert page.status_code == 403
    thief.post(address, fields_of(page.text) | {"step_up_password": PASSWORD})
    entry.refresh_from_db()
    assert entry.state == "withdrawn"
    assert "<b>đang sửa</b>" in entry.statement


def test_guessing_is_stopped_and_the_right_password_waits_too(thief: Client, write: Write) -> None:
    release = write()
    address = f"/desk/releases/{release.public_id}/submit"
    for _ in range(10):
        thief.post(address, {"step_up": "1", "step_up_password": "sai"})
    answer = thief.post(address, {"step_up": "1", "step_up_password": PASSWORD})
    assert "đợi năm phút" in answer.text
    assert not Entry.objects.exists()


def test_who_has_an_app_is_asked_for_its_code_and_not_for_the_password(thief: Client, an: Person, write: Write) -> None:
    Authenticator.objects.create(user=an, type=Authenticator.Type.TOTP, data={"secret": Factors().encrypt(SECRET)})
    release = write()
    address = f"/desk/releases/{release.public_id}/submit"
    assert "step_up_password" not in thief.post(address).text
    thief.post(address, {"step_up": "1", "step_up_password": PASSWORD})
    assert not Entry.objects.exists()
    thief.post(address, {"step_up": "1", "step_up_code": code(SECRET)})
    assert Entry.objects.exists()


def test_a_code_is_good_once(thief: Client, an: Person, write: Write) -> None:
    Authenticator.objects.create(user=an, type=Authenticator.Type.TOTP, data={"secret": Factors().encrypt(SECRET)})
    thief.post("/accounts/reauthenticate/", {"step_up": "1", "step_up_code": code(SECRET)})
    session = thief.session
    session["account_authentication_methods"] = []
    session.save()
    answer = thief.post(f"/desk/releases/{write().public_id}/submit", {"step_up": "1", "step_up_code": code(SECRET)})
    assert "vừa dùng rồi" in answer.text


def test_a_stolen_session_cannot_invite(thief: Client, organization: Organization) -> None:
    answer = thief.post(f"/desk/o/{organization.slug}/members", {"email": "ban@example.vn"})
    assert answer.status_code == 403
    assert not Invitation.objects.exists()


def test_a_stolen_session_cannot_change_what_proves_who_one_is(thief: Client) -> None:
    for address in ("/accounts/2fa/app/", "/accounts/2fa/codes/new/", "/accounts/2fa/codes/"):
        assert "Xác nhận là bạn" in thief.get(address).text
    assert thief.post("/accounts/2fa/app/", {"code": "123456"}).status_code == 403


def test_who_proved_it_is_led_to_the_page(thief: Client) -> None:
    answer = thief.post("/accounts/2fa/app/", {"step_up": "1", "step_up_password": PASSWORD}, follow=True)
    assert "Bật ứng dụng tạo mã" in answer.text


def test_a_link_in_a_mail_proves_nothing_here(thief: Client, write: Write) -> None:
    session = thief.session
    session["account_authentication_methods"] = [{"method": "password_reset", "at": time.time()}]
    session.save()
    assert thief.post(f"/desk/releases/{write().public_id}/submit").status_code == 403


@pytest.mark.parametrize("door", [
    "/operator/staff", "/operator/address", "/operator/billing/seller", "/moderation/x/approve",
])  # fmt: skip
def test_an_operator_is_asked_too(client: Client, portal: Portal, operator: Person, door: str) -> None:
    forget_proof(client, operator)
    assert client.post(door, {"email": "an@example.vn"}).status_code == 403


@pytest.mark.parametrize("said", [
    {"rename": "1", "name": "Sao Hôm"}, {"appoint": "1", "email": "binh@example.vn"}, {"reopen": "1"},
])  # fmt: skip
def test_a_stolen_session_of_an_operator_changes_no_organization(
    client: Client, operator: Person, stranger: Person, organization: Organization, said: dict[str, str]
) -> None:
    organization.closed_at = organization.created_at
    organization.save()
    forget_proof(client, operator)
    page = f"/operator/organizations/{organization.slug}"
    asking = client.post(page, said)
    assert asking.status_code == 403
    before = Organization.objects.get()
    assert (before.name, before.closed_at) == (organization.name, organization.closed_at)
    client.post(page, fields_of(asking.text) | {"step_up_password": PASSWORD})
    after = Organization.objects.get()
    is_owner = after.memberships.filter(person=stranger).exists()
    assert [after.name == "Sao Hôm", is_owner, after.closed_at is None].count(True) == 1


def test_nor_does_it_merge_two(
    client: Client, operator: Person, organization: Organization, newcomer: Organization
) -> None:
    forget_proof(client, operator)
    page = f"/operator/organizations/{newcomer.slug}/merge"
    assert client.post(page, {"into": organization.slug}).status_code == 403
    newcomer.refresh_from_db()
    assert newcomer.merged_into is None


def test_nor_does_one_of_a_moderator_put_words_under_a_release(
    client: Client, moderator: Person, put_out: PutOut
) -> None:
    entry = put_out()
    report = Report.objects.create(entry=entry, kind=Report.Kind.REPLY, name="Trần Bình", reason="Tôi không ký.")
    forget_proof(client, moderator)
    page = f"/moderation/reports/{report.public_id}/settle"
    assert client.post(page, {"outcome": "granted", "answer": "Đã gọi lại."}).status_code == 403
    entry.refresh_from_db()
    assert entry.replies == []


@pytest.mark.parametrize("door", ["early", "approvals"])
def test_a_stolen_session_lets_nobody_read_or_approve_a_text(thief: Client, write: Write, door: str) -> None:
    address = f"/desk/releases/{write().public_id}/{door}"
    assert thief.post(address, {"email": "ke-xau@example.vn", "approve": "1"}).status_code == 403
