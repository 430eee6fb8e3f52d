"""One's own data as a file, and an account that is forgotten: what goes, what stays, and who must stay."""

import json
from collections.abc import Callable

from django.test import Client

from loa.accounts.models import Person, SignIn
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.mail.models import Message
from loa.organizations.actions.close import close
from loa.organizations.models import Membership, Organization, Role
from loa.portals.models import Portal
from loa.releases.models import Release
from tests.conftest import PASSWORD


def test_everything_of_a_person_is_one_file(client: Client, an: Person, put_out: Callable[..., Entry]) -> None:
    put_out()
    client.post("/accounts/login/", {"login": an.email, "password": PASSWORD})
    answer = client.post("/accounts/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="account.json"'
    said = json.loads(answer.content)
    assert said["email"] == an.email
    assert [one["organization__slug"] for one in said["organizations"]] == ["hop-tac-xa-sao-mai"]
    assert said["releases"][0]["headline"] == Release.objects.get().headline
    assert {"found", "submit", "publish", "sign_in"} <= {act["act"] for act in said["acts"]}
    an.refresh_from_db()
    for secret in (an.password, SignIn.objects.get().device_digest, SignIn.objects.get().session_key):
        assert secret not in answer.text


def test_an_organization_with_one_owner_keeps_them(client: Client, an: Person, organization: Organization) -> None:
    client.force_login(an)
    page = client.get("/accounts/delete/").text
    assert f"/desk/o/{organization.slug}/members" in page
    answer = client.post("/accounts/delete/", {"sure": "1"})
    assert answer.status_code == 409
    assert Person.objects.get(pk=an.pk).is_active


def test_who_handed_on_is_forgotten_and_the_record_stays(
    client: Client, an: Person, stranger: Person, organization: Organization, put_out: Callable[..., Entry]
) -> None:
    entry = put_out()
    Membership.objects.create(organization=organization, person=stranger, role=Role.OWNER)
    other = Client()
    other.post("/accounts/login/", {"login": an.email, "password": PASSWORD})
    client.force_login(an)
    client.post("/accounts/delete/", {"sure": "1"})
    gone = Person.objects.get(pk=an.pk)
    assert gone.email.endswith("@forgotten.invalid")
    assert (gone.name, gone.is_active, gone.memberships.count(), gone.sign_ins.count()) == ("", False, 0, 0)
    assert other.get("/desk/").status_code == 302
    assert Entry.objects.get().pk == entry.pk
    assert Record.objects.filter(act="forget", actor_label="an@example.vn").count() == 1
    assert Message.objects.filter(to="an@example.vn", subject="Tài khoản đã xóa").count() == 1


def test_a_closed_organization_lets_its_last_owner_go(client: Client, an: Person, organization: Organization) -> None:
    close(an, organization)
    client.force_login(an)
    client.post("/accounts/delete/", {"sure": "1"})
    assert not Person.objects.get(pk=an.pk).is_active


def test_who_is_not_sure_stays(client: Client, portal: Portal, an: Person) -> None:
    client.force_login(an)
    assert client.post("/accounts/delete/").status_code == 409
    assert Person.objects.get(pk=an.pk).is_active


def test_the_only_operator_stays(client: Client, portal: Portal, operator: Person) -> None:
    client.force_login(operator)
    assert "người điều hành duy nhất" in client.post("/accounts/delete/", {"sure": "1"}).text
    assert Person.objects.get(pk=operator.pk).is_superuser
