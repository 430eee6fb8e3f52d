"""Another address: confirmed by the new one, told to the old one, undone from there; nobody learns who has it."""

import re

import pytest
from django.test import Client

from loa.accounts.models import AddressChange, Person, Recovery
from loa.mail.models import Message
from loa.portals.models import Portal
from tests.conftest import PASSWORD

NEW = "an.moi@example.vn"


def link(to: str, subject: str) -> str:
    text = Message.objects.filter(to=to, subject=subject).latest("pk").text
    found = re.search(r"http://testserver(/accounts/email/\S+)", text)
    assert found is not None, text
    return found[1]


def signs_in(email: str) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


@pytest.fixture
def moved(client: Client, portal: Portal, an: Person) -> Person:
    """An, under another address."""
    client.force_login(an)
    client.post("/accounts/email/", {"email": NEW})
    Client().post(link(NEW, "Xác nhận địa chỉ mới"))
    an.refresh_from_db()
    return an


def test_only_the_button_in_the_mail_changes_it(client: Client, portal: Portal, an: Person) -> None:
    client.force_login(an)
    client.post("/accounts/email/", {"email": NEW})
    assert "Đổi địa chỉ" in Client().get(link(NEW, "Xác nhận địa chỉ mới")).text
    an.refresh_from_db()
    assert an.email == "an@example.vn"


def test_it_moves_and_the_old_address_is_told(moved: Person) -> None:
    assert moved.email == NEW
    assert signs_in(NEW)
    assert not signs_in("an@example.vn")
    assert NEW in Message.objects.get(to="an@example.vn").text


def test_the_old_address_takes_it_back_and_shuts_the_other_out(moved: Person, client: Client) -> None:
    way_back = link("an@example.vn", "Địa chỉ thư của tài khoản đã đổi")
    assert Client().get(way_back).status_code == 200
    for _ in range(2):
        assert Client().post(way_back).status_code == 200
    moved.refresh_from_db()
    assert moved.email == "an@example.vn"
    assert client.get("/accounts/").status_code == 302
    assert not signs_in("an@example.vn")  # the password may be known to somebody else
    assert [row.way for row in Recovery.objects.all()] == ["address"]


def test_a_link_that_leads_back_to_who_changed_it_is_dead_after_the_undoing(moved: Person, client: Client) -> None:
    client.post("/accounts/email/", {"email": "ke-gian@example.vn"})
    Client().post(link("ke-gian@example.vn", "Xác nhận địa chỉ mới"))
    theirs = link(NEW, "Địa chỉ thư của tài khoản đã đổi")
    assert Client().post(link("an@example.vn", "Địa chỉ thư của tài khoản đã đổi")).status_code == 200
    assert Client().post(theirs).status_code == 410
    moved.refresh_from_db()
    assert moved.email == "an@example.vn"


def test_undoing_a_later_change_leaves_the_first_address_its_link(moved: Person, client: Client) -> None:
    client.post("/accounts/email/", {"email": "ke-gian@example.vn"})
    Client().post(link("ke-gian@example.vn", "Xác nhận địa chỉ mới"))
    assert Client().post(link(NEW, "Địa chỉ thư của tài khoản đã đổi")).status_code == 200
    assert Client().post(link("an@example.vn", "Địa chỉ thư của tài khoản đã đổi")).status_code == 200
    moved.refresh_from_db()
    assert moved.email == "an@example.vn"


def test_what_was_asked_for_and_not_confirmed_is_dead_after_the_undoing(moved: Person, client: Client) -> None:
    AddressChange.objects.create(person=moved, old="an@example.vn", new="cho@example.vn")  # asked for before, too
    client.post("/accounts/email/", {"email": "ke-gian@example.vn"})
    Client().post(link("an@example.vn", "Địa chỉ thư của tài khoản đã đổi"))
    assert Client().post(link("ke-gian@example.vn", "Xác nhận địa chỉ mới")).status_code == 410
    assert not AddressChange.objects.filter(undone_at=None).exists()


def test_nobody_learns_who_has_an_address(client: Client, portal: Portal, an: Person, stranger: Person) -> None:
    client.force_login(an)
    answers = [client.post("/accounts/email/", {"email": email}, follow=True) for email in (stranger.email, NEW)]
    texts = [answer.text.replace(stranger.email, "@").replace(NEW, "@") for answer in answers]
    texts = [re.sub(r'csrfmiddlewaretoken" value="\w+', "", text) for text in texts]
    assert texts[0] == texts[1]
    assert "/email/confirm/" not in Message.objects.get(to=stranger.email).text


def test_an_address_taken_meanwhile_is_not_taken_away(client: Client, portal: Portal, an: Person) -> None:
    client.force_login(an)
    client.post("/accounts/email/", {"email": NEW})
    Person.objects.create_user(NEW, PASSWORD)
    assert Client().post(link(NEW, "Xác nhận địa chỉ mới")).status_code == 410
    an.refresh_from_db()
    assert an.email == "an@example.vn"


def test_an_old_link_moves_nothing_any_more(moved: Person, client: Client) -> None:
    old = link(NEW, "Xác nhận địa chỉ mới")
    client.post("/accounts/email/", {"email": "an.moi.nua@example.vn"})
    Client().post(link("an.moi.nua@example.vn", "Xác nhận địa chỉ mới"))
    assert Client().post(old).status_code == 410
    assert AddressChange.objects.filter(changed_at=None).count() == 0


def test_five_mails_a_day_go_to_addresses_that_may_be_anybodys(client: Client, portal: Portal, an: Person) -> None:
    client.force_login(an)
    for number in range(7):
        client.post("/accounts/email/", {"email": f"ai-do-{number}@example.vn"})
    assert Message.objects.count() == 5
