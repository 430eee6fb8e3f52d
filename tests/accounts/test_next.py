"""Where one was going is kept: from an invitation through sign-up, confirmation and sign-in, back to the invitation."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from loa.accounts.models import Person
from loa.mail.models import Message
from loa.organizations.actions.invite import invite
from loa.organizations.models import Organization
from tests.conftest import PASSWORD

FORM = {"name": "Lê Thị Chi", "email": "chi@example.vn", "password1": PASSWORD, "terms": "on"}


def path_in_mail(email: str = "chi@example.vn") -> str:
    """The link in the last mail to an address: its path, with the question behind it."""
    found = re.search(r"https?://testserver(/\S+)", Message.objects.filter(to=email).latest("id").text)
    assert found is not None
    return found[1]


def hidden_next(page: str) -> str:
    """What a form on a page gives on as `next`."""
    found = re.search(r'<input type="hidden" name="next" value="([^"]*)"', page)
    return found[1] if found else ""


@pytest.fixture
def invited(an: Person, organization: Organization) -> str:
    """The path of an invitation to somebody without an account."""
    invite(an, organization, email="chi@example.vn")
    return path_in_mail()


@pytest.mark.parametrize("is_other_browser", [False, True])
def test_the_invited_come_back_to_the_invitation(client: Client, invited: str, is_other_browser: bool) -> None:
    sign_in = client.get(invited, follow=True)
    sign_up = re.search(r'href="(/accounts/signup/[^"]+)"', sign_in.text)
    assert sign_up is not None
    form = client.get(sign_up[1].replace("&amp;", "&"))
    client.post("/accounts/signup/", {**FORM, "next": hidden_next(form.text)})
    browser = Client() if is_other_browser else client
    confirm = browser.get(path_in_mail())
    assert hidden_next(confirm.text) == invited
    page = browser.post(urlsplit(path_in_mail()).path, {"next": invited}, follow=True)
    if is_other_browser:
        assert hidden_next(page.text) == invited, "signing in leads on"
        page = browser.post(
            "/accounts/login/", {"login": "chi@example.vn", "password": PASSWORD, "next": invited}, follow=True
        )
    assert page.redirect_chain[-1][0] == invited
    assert "Nhận lời" in page.text


def test_signing_in_unconfirmed_sends_a_link_that_leads_on_too(client: Client, invited: str) -> None:
    client.post("/accounts/signup/", FORM)
    cache.clear()  # an address gets one such mail in three minutes
    Client().post("/accounts/login/", {"login": "chi@example.vn", "password": PASSWORD, "next": invited})
    assert parse_qs(urlsplit(path_in_mail()).query) == {"next": [invited]}


def test_the_english_path_stays_english(client: Client, invited: str) -> None:
    client.post("/en/accounts/signup/", {**FORM, "next": f"/en{invited}"})
    link = path_in_mail()
    assert link.startswith("/en/accounts/confirm-email/")
    assert parse_qs(urlsplit(link).query) == {"next": [f"/en{invited}"]}


@pytest.mark.parametrize(
    "foreign",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "http://testserver/desk/", "javascript:a", "desk/"],
)
def test_a_foreign_address_is_forgotten(client: Client, invited: str, foreign: str) -> None:
    client.post("/accounts/signup/", {**FORM, "next": foreign})
    link = path_in_mail()
    assert "next" not in link
    answer = client.post(link, {"next": foreign})
    assert answer["Location"] == "/desk/"


def test_an_address_too_long_for_a_mail_is_forgotten(client: Client, invited: str) -> None:
    client.post("/accounts/signup/", {**FORM, "next": "/" + "a" * 500})
    assert "next" not in path_in_mail()


def test_an_old_link_leads_to_sign_in_and_on(client: Client, invited: str) -> None:
    page = client.get(f"/accounts/confirm-email/MQ:abc:def/?next={invited}")
    assert f'href="/accounts/login/?next={invited.replace("/", "%2F")}"' in page.text
