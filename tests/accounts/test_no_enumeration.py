"""Nobody learns whether an address has an account: the same bytes, the same hashes, the same writes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loa.accounts.models import Person, TermsAgreement
from loa.mail.models import Message
from loa.portals.models import Portal
from tests.accounts.test_sign_up import FORM

KNOWN, UNKNOWN = "an@example.vn", "bo@example.vn"  # as long as each other
OTHERS = {"Content-Security-Policy", "Content-Length", "Expires"}  # a number used once, the token, the time
Ask = Callable[[Client, str], Any]


def signing_in(client: Client, email: str) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": "mot-mat-khau-sai"})


def resetting(client: Client, email: str) -> Any:
    return client.post("/accounts/password/reset/", {"email": email}, follow=True)


def signing_up(client: Client, email: str) -> Any:
    return client.post("/accounts/signup/", {**FORM, "email": email}, follow=True)


def said(answer: HttpResponse, email: str) -> tuple[int, list[Any], bytes, dict[str, str]]:
    """What a stranger sees; the form's own token and the address they typed are left out."""
    content = re.sub(rb'(csrfmiddlewaretoken" value=")\w+', rb"\1", answer.content).replace(email.encode(), b"@")
    headers = {name: value for name, value in answer.headers.items() if name not in OTHERS}
    cookies = sorted((name, bool(morsel.value)) for name, morsel in answer.cookies.items())
    return answer.status_code, [getattr(answer, "redirect_chain", []), cookies], content, headers


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time a password is hashed, the dearest work there is."""
    calls: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        calls.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return calls


@pytest.mark.parametrize("ask", [signing_in, resetting, signing_up])
def test_known_and_unknown_are_answered_alike(portal: Portal, an: Person, hashed: list[str], ask: Ask) -> None:
    seen, work, writes = [], [], []
    for email in (KNOWN, UNKNOWN):
        cache.clear()
        hashed.clear()
        client = Client()
        client.get("/accounts/login/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = ask(client, email)
        seen.append(said(answer, email))
        work.append(len(hashed))
        tables = [re.findall(r'^(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', query["sql"]) for query in queries]
        writes.append([table[0] for table in tables if table])
    assert seen[0] == seen[1]
    assert work[0] == work[1]
    assert writes[0] == writes[1]


def test_what_is_done_for_a_taken_address_leaves_nothing(portal: Portal, an: Person) -> None:
    signing_up(Client(), KNOWN)
    assert Person.objects.count() == 1
    assert not TermsAgreement.objects.exists()
    assert [mail.to for mail in Message.objects.all()] == [KNOWN]


def test_a_locked_account_and_one_without_a_password_cost_a_hash_too(
    portal: Portal, an: Person, stranger: Person, hashed: list[str]
) -> None:
    stranger.set_unusable_password()
    stranger.save()
    Person.objects.filter(pk=an.pk).update(is_active=False)
    counts = []
    for email in (an.email, stranger.email, UNKNOWN):
        cache.clear()
        hashed.clear()
        signing_in(Client(), email)
        counts.append(len(hashed))
    assert counts == [1, 1, 1]
