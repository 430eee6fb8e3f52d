"""Where one is signed in: listed, ended one by one or all at once, and told of by mail when a browser is new."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from loa.accounts.models import AddressChange, Person, Recovery, SignIn
from loa.mail.models import Message
from loa.portals.models import Portal
from tests.conftest import PASSWORD

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
NEW = "con-meo-nam-ngu-tren-mai"


def browser(person: Person, client: Client | None = None, agent: str = CHROME) -> Client:
    """Somebody who came in through the door; without a client from a browser of its own."""
    client = client or Client(headers={"User-Agent": agent})
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


@pytest.fixture
def own(portal: Portal, an: Person) -> Client:
    return browser(an)


@pytest.fixture
def thief(own: Client, an: Person) -> Client:
    """A second browser, which knows the password."""
    return browser(an, agent="curl/8")


def letters() -> list[Message]:
    return list(Message.objects.filter(subject__startswith="Đăng nhập từ thiết bị mới"))


def link() -> str:
    found = re.search(r"http://testserver(/accounts/not-me/\S+)", letters()[0].text)
    assert found is not None, letters()[0].text
    return found[1]


def test_the_first_browser_is_no_news(own: Client) -> None:
    assert is_in(own)
    assert not letters()


def test_a_new_browser_is_told_by_mail_and_known_afterwards(thief: Client, an: Person) -> None:
    mail = letters()[0]
    assert mail.to == an.email
    assert "Thiết bị không rõ" in mail.subject
    thief.post("/accounts/logout/")
    browser(an, thief)
    assert len(letters()) == 1


def test_the_word_a_browser_keeps_is_sent_to_pages_of_accounts_alone(own: Client) -> None:
    paths = {morsel["path"] for name, morsel in own.cookies.items() if name.startswith("device")}
    assert paths == {"/accounts/", "/en/accounts/"}
    assert all(morsel["httponly"] for name, morsel in own.cookies.items() if name.startswith("device"))
    assert SignIn.objects.get().device_digest not in str(own.cookies)


def test_a_word_that_was_tampered_with_is_none(own: Client, an: Person) -> None:
    for name in [name for name in own.cookies if name.startswith("device")]:
        own.cookies[name] = "x" + own.cookies[name].value
    own.post("/accounts/logout/")
    browser(an, own)
    assert len(letters()) == 1


def test_they_are_listed_and_this_one_is_marked(own: Client, thief: Client) -> None:
    page = own.get("/accounts/sessions/").text
    assert "Chrome trên Windows" in page
    assert "Thiết bị không rõ" in page
    assert page.count("thiết bị này") == 1


def test_one_is_ended(own: Client, thief: Client, an: Person) -> None:
    row = SignIn.objects.latest("pk")
    own.post("/accounts/sessions/", {"end": row.public_id})
    assert is_in(own)
    assert not is_in(thief)


def test_nobody_ends_what_is_not_theirs(own: Client, an: Person, stranger: Person) -> None:
    other = browser(stranger)
    own.post("/accounts/sessions/", {"end": SignIn.objects.get(person=stranger).public_id})
    assert is_in(other)


def test_all_others_are_ended_those_nobody_noted_too(own: Client, thief: Client, an: Person) -> None:
    unnoted = Client()
    unnoted.force_login(an)
    own.post("/accounts/sessions/", {"end": "others"})
    assert is_in(own)
    assert not is_in(thief)
    assert not is_in(unnoted)
    assert "Thiết bị không rõ" not in own.get("/accounts/sessions/").text


def test_another_password_ends_all_others(own: Client, thief: Client, an: Person) -> None:
    answer = own.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}, follow=True
    )
    assert answer.status_code == 200
    assert is_in(own)
    assert not is_in(thief)
    assert "thiết bị này" in own.get("/accounts/sessions/").text
    assert Message.objects.filter(subject="Mật khẩu vừa được đổi").count() == 1


def test_it_was_not_me(thief: Client, own: Client, an: Person) -> None:
    Authenticator.objects.create(user=an, type=Authenticator.Type.TOTP, data={"secret": "x"})
    anybody = Client()
    assert "khóa lại ngay" in anybody.get(link()).text
    assert is_in(thief)  # a program that opens links ends nothing
    answer = anybody.post(link())
    assert f'value="{an.email}"' in answer.text
    assert not is_in(own)
    assert not is_in(thief)
    assert not is_in(browser(an))
    assert not Authenticator.objects.exists()
    assert Recovery.objects.get().way == "disowned"
    anybody.post("/accounts/password/reset/", {"email": an.email})
    assert Message.objects.filter(to=an.email, subject="Đặt mật khẩu mới").count() == 1


def confirm(email: str) -> int:
    """What a press on the button answers that was mailed to a new address."""
    text = Message.objects.filter(to=email, subject="Xác nhận địa chỉ mới").latest("pk").text
    found = re.search(r"http://testserver(/accounts/email/\S+)", text)
    assert found is not None, text
    return Client().post(found[1]).status_code


def test_an_address_the_other_one_asked_for_is_confirmed_no_more(thief: Client, an: Person) -> None:
    thief.post("/accounts/email/", {"email": "ke-gian@example.vn"})
    Client().post(link())
    assert confirm("ke-gian@example.vn") == 410
    an.refresh_from_db()
    assert an.email == "an@example.vn"


def test_an_address_the_other_one_moved_to_is_left_again(thief: Client, an: Person) -> None:
    for email in ("mot@example.vn", "hai@example.vn"):
        thief.post("/accounts/email/", {"email": email})
        assert confirm(email) == 200
    answer = Client().post(link())
    an.refresh_from_db()
    assert an.email == "an@example.vn"
    assert f'value="{an.email}"' in answer.text
    assert not AddressChange.objects.filter(undone_at=None).exists()


def test_who_has_the_old_address_by_now_keeps_it_and_the_door_is_shut(thief: Client, an: Person) -> None:
    thief.post("/accounts/email/", {"email": "ke-gian@example.vn"})
    confirm("ke-gian@example.vn")
    Person.objects.create_user("an@example.vn", PASSWORD)
    assert Client().post(link()).status_code == 200
    assert not is_in(thief)


def test_saying_it_twice_changes_nothing_more(thief: Client) -> None:
    for _ in range(2):
        assert Client().post(link()).status_code == 200
    assert Recovery.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "eyJhIjoxfQ:1:x"])
def test_a_link_that_is_not_ours_says_what_to_do(portal: Portal, token: str) -> None:
    answer = Client().post(f"/accounts/not-me/{token}")
    assert answer.status_code == 410
    assert "đặt mật khẩu mới" in answer.text
