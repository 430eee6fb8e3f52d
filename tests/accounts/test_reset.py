"""A new password: asked for by anybody, set only by whoever reads the mail."""

from django.test import Client

from loa.accounts.models import Person
from loa.mail.models import Message
from loa.portals.models import Portal
from tests.accounts.conftest import Link
from tests.conftest import PASSWORD

NEW = "mot-bai-ca-khac-2026"


def ask(client: Client, email: str, host: str = "testserver") -> str:
    """Return the page that asking leads to."""
    answer = client.post("/accounts/password/reset/", {"email": email}, headers={"host": host})
    assert answer.status_code == 302, answer.text
    return client.get(answer["Location"]).text


def test_it_is_set_through_the_link_in_the_mail(client: Client, portal: Portal, an: Person, link: Link) -> None:
    ask(client, an.email)
    form = client.get(link(an.email), follow=True)
    assert form.status_code == 200
    an.refresh_from_db()
    assert an.check_password(PASSWORD)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    an.refresh_from_db()
    assert an.check_password(NEW)


def test_a_link_is_used_once(client: Client, portal: Portal, an: Person, link: Link) -> None:
    ask(client, an.email)
    address = link(an.email)
    form = client.get(address, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    again = Client().get(address, follow=True)
    assert "Đường dẫn này đã dùng hoặc đã cũ." in again.text


def test_an_unknown_address_is_answered_alike(client: Client, portal: Portal, an: Person) -> None:
    assert ask(client, an.email) == ask(client, "khong-ai@example.vn")
    assert "không có tài khoản nào" in Message.objects.get(to="khong-ai@example.vn").text


def test_the_link_stands_on_our_origin_whatever_host_was_sent(client: Client, portal: Portal, an: Person) -> None:
    ask(client, an.email, host="evil.example")
    ask(client, "khong-ai@example.vn", host="evil.example")
    form = {"name": "An", "email": an.email, "password1": NEW, "terms": "on"}
    client.post("/accounts/signup/", form, headers={"host": "evil.example"})
    assert Message.objects.count() == 3
    for mail in Message.objects.all():
        assert "evil.example" not in mail.text + mail.html + mail.subject
        assert "http://testserver/accounts/" in mail.text


def test_one_address_is_not_written_to_without_end(client: Client, portal: Portal, an: Person) -> None:
    for _ in range(5):
        ask(client, an.email)
    answer = client.post("/accounts/password/reset/", {"email": an.email})
    assert answer.status_code == 429
    assert Message.objects.count() == 5
