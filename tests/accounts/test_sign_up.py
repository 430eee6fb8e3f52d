"""Signing up: a mail row, a page with a button, and only the button confirms."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from loa.accounts.models import Person, TermsAgreement
from loa.audit.models import Record
from loa.mail.models import Message
from loa.portals.models import Portal
from tests.accounts.conftest import Link
from tests.conftest import PASSWORD

FORM = {"name": "Lê Thị Chi", "email": "chi@example.vn", "password1": PASSWORD, "terms": "on"}


def is_confirmed() -> bool:
    return EmailAddress.objects.get(email="chi@example.vn").verified


def sign_in(client: Client) -> int:
    """Return where signing in leads: 1 when there is a session afterwards."""
    client.post("/accounts/login/", {"login": "chi@example.vn", "password": PASSWORD})
    return int("_auth_user_id" in client.session)


def test_it_makes_a_person_and_one_mail(client: Client, portal: Portal) -> None:
    answer = client.post("/accounts/signup/", FORM, follow=True)
    assert "Hãy xem hộp thư" in answer.text
    assert Person.objects.get().name == "Lê Thị Chi"
    mail = Message.objects.get()
    assert (mail.to, mail.lane) == ("chi@example.vn", "account")
    assert not is_confirmed()
    assert not sign_in(client)


def test_what_was_agreed_to_is_kept_in_its_words(client: Client, portal: Portal) -> None:
    client.post("/accounts/signup/", FORM)
    kept = TermsAgreement.objects.get()
    assert kept.statement.startswith("Tôi được phép thay mặt tổ chức của mình")
    assert Record.objects.get(act="accounts.agree").actor_id == f"person:{kept.person_id}"


def test_opening_the_link_confirms_nothing(client: Client, portal: Portal, link: Link) -> None:
    client.post("/accounts/signup/", FORM)
    for _ in range(2):
        page = Client().get(link("chi@example.vn"))
        assert page.status_code == 200
        assert "chi@example.vn" in page.text
    assert not is_confirmed()


def test_the_button_confirms_and_lets_in(client: Client, portal: Portal, link: Link) -> None:
    client.post("/accounts/signup/", FORM)
    answer = client.post(link("chi@example.vn"), follow=True)
    assert "Đã xác nhận chi@example.vn." in answer.text
    assert is_confirmed()
    assert answer.redirect_chain[-1][0] == "/desk/", "the browser that gave the password is not asked for it again"
    assert "Bạn đang đăng nhập; không cần xác nhận nữa." in client.get(link("chi@example.vn")).text


def test_in_another_browser_the_button_lets_nobody_in(client: Client, portal: Portal, link: Link) -> None:
    client.post("/accounts/signup/", FORM)
    stranger = Client()
    answer = stranger.post(link("chi@example.vn"), follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/"
    assert is_confirmed()
    assert "_auth_user_id" not in stranger.session
    assert "Đã xác nhận thì chỉ cần đăng nhập" in stranger.get(link("chi@example.vn")).text
    assert sign_in(stranger)


def test_a_link_that_nobody_sent_confirms_nothing(client: Client, portal: Portal) -> None:
    client.post("/accounts/signup/", FORM)
    page = client.get("/accounts/confirm-email/MQ:abc:def/")
    assert "Đường dẫn này đã dùng hoặc đã cũ." in page.text
    assert client.post("/accounts/confirm-email/MQ:abc:def/").status_code == 404
    assert not is_confirmed()


def test_a_known_address_gets_the_same_answer_and_another_mail(client: Client, portal: Portal, an: Person) -> None:
    known = client.post("/accounts/signup/", {**FORM, "email": an.email}, follow=True)
    unknown = Client().post("/accounts/signup/", FORM, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert known.text.replace(an.email, FORM["email"]) == unknown.text
    assert set(known.client.cookies) == set(unknown.client.cookies)
    assert Message.objects.get(to=an.email).subject == "Bạn đã có tài khoản"
    assert Person.objects.filter(email=an.email).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"terms": ""}, "Hãy đánh dấu vào ô này"),
        ({"password1": "ngắn"}, "Hãy dùng ít nhất 10 ký tự."),
        ({"email": "không phải"}, "Hãy ghi một địa chỉ thư, như ten@congty.vn."),
    ],
)
def test_what_is_wrong_is_said_in_the_reader_s_language(
    client: Client, portal: Portal, change: dict[str, str], sentence: str
) -> None:
    page = client.post("/accounts/signup/", {**FORM, **change})
    assert sentence in page.text
    assert "Lê Thị Chi" in page.text
    assert not Person.objects.exists()
    assert not Message.objects.exists()


def test_the_english_page_says_it_in_english(client: Client, portal: Portal) -> None:
    page = client.post("/en/accounts/signup/", {**FORM, "password1": "short"})
    assert "It must contain at least 10 characters." in page.text


def test_a_network_that_sends_too_often_is_asked_to_wait(client: Client, portal: Portal) -> None:
    for number in range(20):
        client.post("/accounts/signup/", {**FORM, "email": f"chi{number}@example.vn"})
    page = client.post("/accounts/signup/", FORM)
    assert page.status_code == 429
    assert "Hãy đợi một chút" in page.text
    assert Person.objects.count() == 20
