"""Signing in: one answer for a wrong password and an unknown address, and a limit on guessing."""

from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.portals.models import Portal
from tests.conftest import PASSWORD

WRONG = "Địa chỉ thư hoặc mật khẩu chưa đúng."


def guess(client: Client, email: str, address: str = "203.0.113.7") -> str:
    """Return the page a wrong password is answered with."""
    forwarded = {"x-forwarded-for": address}
    return client.post("/accounts/login/", {"login": email, "password": "sai-mat-khau"}, headers=forwarded).text


def test_letter_case_of_the_address_does_not_matter(client: Client, portal: Portal, an: Person) -> None:
    answer = client.post("/accounts/login/", {"login": "AN@Example.vn", "password": PASSWORD})
    assert answer["Location"] == "/desk/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, portal: Portal, an: Person) -> None:
    assert WRONG in guess(client, an.email)
    assert WRONG in guess(client, "khong-ai@example.vn")


def test_guessing_is_stopped_and_the_right_password_waits_too(client: Client, portal: Portal, an: Person) -> None:
    for _ in range(5):
        assert WRONG in guess(client, an.email)
    assert "Sai quá nhiều lần." in guess(client, an.email)
    client.post("/accounts/login/", {"login": an.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_readers_behind_one_proxy_are_counted_apart(
    client: Client, portal: Portal, an: Person, settings: Settings
) -> None:
    settings.LOA_PROXIES = 1
    for number in range(10):
        guess(client, f"nguoi{number}@example.vn", "203.0.113.7")
    assert "Sai quá nhiều lần." in guess(client, "nguoi10@example.vn", "203.0.113.7")
    assert WRONG in guess(client, "nguoi11@example.vn", "203.0.113.8")


def test_signing_out_needs_the_button(client: Client, portal: Portal, an: Person) -> None:
    client.force_login(an)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_the_desk_asks_who_one_is(client: Client, portal: Portal) -> None:
    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"
