"""Second steps: an app's code, recovery codes that show once, passkeys; what is kept of them, and what is refused."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from loa.accounts import rules
from loa.accounts.models import Person
from loa.mail.models import Message
from loa.portals.models import Portal
from tests.conftest import PASSWORD, MakePerson

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


@pytest.fixture
def an_with_app(client: Client, portal: Portal, make_person: MakePerson) -> tuple[Person, str, list[str]]:
    """An, whose app shares a secret with us, and the recovery codes that were shown; signed out again."""
    person = make_person("An")
    client.force_login(person)
    secret = re.findall(r'account__secret">(\w+)<', client.get("/accounts/2fa/app/").text)[0]
    answer = client.post("/accounts/2fa/app/", {"code": code(secret)}, follow=True)
    codes = re.findall(r"<code>(\d{8})</code>", answer.text)
    client.logout()
    return person, secret, codes


def code(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def sign_in(client: Client, email: str = "an@example.vn") -> str:
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD}, follow=True).text


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_alone_no_longer_signs_in(client: Client, an_with_app: tuple[Person, str, list[str]]) -> None:
    _, secret, _ = an_with_app
    assert "Còn một bước nữa" in sign_in(client)
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": "000000" if code(secret) != "000000" else "111111"})
    assert not is_in(client)


def test_a_recovery_code_signs_in_once(client: Client, an_with_app: tuple[Person, str, list[str]]) -> None:
    _, _, codes = an_with_app
    assert len(codes) == 10
    for expected in (True, False):
        sign_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert is_in(client) is expected
        client.logout()


def test_recovery_codes_show_once(client: Client, an_with_app: tuple[Person, str, list[str]]) -> None:
    person, _, codes = an_with_app
    client.force_login(person)
    again = client.get("/accounts/2fa/codes/").text
    assert "không hiện lại" in again
    assert codes[0] not in again


def test_the_secret_of_an_app_is_not_in_the_database(an_with_app: tuple[Person, str, list[str]]) -> None:
    _, secret, _ = an_with_app
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


@pytest.mark.django_db(transaction=True)
def test_whoever_owns_the_account_hears_of_it(an_with_app: tuple[Person, str, list[str]]) -> None:
    mail = Message.objects.get(subject="Đã bật ứng dụng tạo mã")
    assert mail.to == "an@example.vn"
    assert "http://testserver/accounts/password/reset/" in mail.text


def test_an_app_is_turned_off(client: Client, an_with_app: tuple[Person, str, list[str]]) -> None:
    person, _, _ = an_with_app
    client.force_login(person)
    client.post("/accounts/2fa/app/remove/")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("sent", ["{}", "[]", "1", '{"id":"x","rawId":"eA","type":"public-key","response":{}}', "no"])
def test_what_is_no_passkey_signs_nobody_in(client: Client, portal: Portal, an: Person, sent: str) -> None:
    client.get("/accounts/passkey/", headers={"Accept": "application/json"})
    assert client.post("/accounts/passkey/", {"credential": sent}).status_code == 302
    assert not is_in(client)


def test_a_passkey_needs_a_host_of_the_portal_and_a_secure_address() -> None:
    hosts = {"globalvn.example"}
    assert rules.may_have_passkeys("localhost", is_secure=False, hosts=hosts)
    assert rules.may_have_passkeys("globalvn.example", is_secure=True, hosts=hosts)
    for host, is_secure in [("globalvn.example", False), ("evil.example", True), ("127.0.0.1", True), ("[::1]", True)]:
        assert not rules.may_have_passkeys(host, is_secure=is_secure, hosts=hosts | {"127.0.0.1", "[::1]"})


def test_no_passkey_is_offered_at_a_host_nobody_named(client: Client, an: Person, portal: Portal) -> None:
    client.force_login(an)
    answer = client.get("/accounts/2fa/passkeys/add/", follow=True, headers={"Host": "elsewhere.example"}, secure=True)
    assert "đúng tên miền của cổng" in answer.text


@pytest.mark.parametrize(("agent", "words"), [
    (CHROME, "Chrome trên Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604", "Safari trên iPhone"),
    ("curl/8", "Thiết bị không rõ"),
])  # fmt: skip
def test_a_device_is_said_in_words(agent: str, words: str) -> None:
    assert rules.device_in_words(agent) == words
