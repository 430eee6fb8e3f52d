"""Joint releases: several senders, each says yes to the text that goes out."""

import re
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.lib import clock
from loa.mail.models import Message
from loa.organizations.actions.found import found
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.actions.answer_partner import answer_partner
from loa.releases.actions.ask_partner import ask_partner
from loa.releases.errors import NotAPartner
from loa.releases.models import Partnership, Release
from loa.releases.rules import reasons_not_to_submit
from tests.compose.conftest import Form


@pytest.fixture
def chi(make_person: Any) -> Person:
    """The owner of the organization that is asked."""
    return make_person("Chi")


@pytest.fixture
def bank(chi: Person, portal: Portal) -> Organization:
    made = found(chi, portal=portal, name="Ngân hàng Hạt Giống", kind="company")
    made.approved_at = clock.now()
    made.save()
    return made


@pytest.fixture
def asked(desk: Client, write: Any, bank: Organization) -> Release:
    """A draft of An's that waits for the bank."""
    release = write()
    desk.post(f"/desk/releases/{release.public_id}/partners", {"ask": bank.slug})
    return release


def link_in_mail(to: str) -> str:
    mail = Message.objects.filter(to=to).latest("id")
    found_link = re.search(r"http://testserver(/desk/partner/\S+)", mail.text)
    assert found_link is not None
    return found_link[1]


def answer_by(client: Client, path: str, **sent: str) -> Any:
    page = client.get(path).content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert seen is not None
    return client.post(path, {"seen": seen[1], **sent})


def test_it_waits_for_the_other_sender_and_then_stands_under_both(
    desk: Client, asked: Release, bank: Organization, chi: Person, client: Client
) -> None:
    assert any("Hạt Giống chưa xác nhận" in reason for reason in reasons_not_to_submit(asked))
    other = Client()
    assert answer_by(other, link_in_mail(chi.email), agree="1").status_code == 302
    desk.post(f"/desk/releases/{asked.public_id}/submit")
    entry = Entry.objects.get()
    reader = Client()
    page = reader.get(f"/r/{entry.public_id}/{entry.current.slug}").content.decode()
    assert f'<a href="/o/{bank.slug}">Ngân hàng Hạt Giống</a>' in page
    assert entry.current.headline in reader.get(f"/o/{bank.slug}").content.decode()
    assert "đồng ý cùng phát hành" in Message.objects.filter(to="an@example.vn").earliest("id").subject


def test_opening_the_link_answers_nothing(asked: Release, chi: Person) -> None:
    Client().get(link_in_mail(chi.email))
    Client().head(link_in_mail(chi.email))
    assert Partnership.objects.get().answered_at is None


def test_a_member_answers_from_the_desk_too(asked: Release, chi: Person) -> None:
    other = Client()
    other.force_login(chi)
    partnership = Partnership.objects.get()
    assert str(partnership.public_id) in other.get("/desk/").content.decode()
    answer_by(other, f"/desk/partner/{partnership.public_id}", decline="1")
    assert any("không đồng ý" in reason for reason in reasons_not_to_submit(asked))


def test_a_yes_is_to_one_text_only(desk: Client, asked: Release, chi: Person, form: Form) -> None:
    path = link_in_mail(chi.email)
    answer_by(Client(), path, agree="1")
    assert reasons_not_to_submit(asked) == []
    desk.post(f"/desk/releases/{asked.public_id}", form(asked, headline="Nói điều khác hẳn"))
    asked.refresh_from_db()
    assert any("chưa xác nhận" in reason for reason in reasons_not_to_submit(asked))
    assert "đã được sửa" in Client().get(path).content.decode()


def test_an_answer_to_a_text_that_changed_meanwhile_is_not_taken(
    desk: Client, asked: Release, chi: Person, form: Form
) -> None:
    path, other = link_in_mail(chi.email), Client()
    page = other.get(path).content.decode()
    desk.post(f"/desk/releases/{asked.public_id}", form(asked, headline="Nói điều khác hẳn"))
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert seen is not None
    answer = other.post(path, {"seen": seen[1], "agree": "1"})
    assert answer.status_code == 409
    assert Partnership.objects.get().answered_at is None


def test_the_link_is_for_that_member_and_that_release(asked: Release, chi: Person, stranger: Person) -> None:
    path = link_in_mail(chi.email)
    assert Client().get(path[:-3] + "abc").status_code == 302
    chi.memberships.all().delete()
    assert Client().get(path).status_code == 404
    other = Client()
    other.force_login(stranger)
    assert other.get(f"/desk/partner/{Partnership.objects.get().public_id}").status_code == 404


def test_who_is_not_let_out_or_is_the_sender_cannot_be_named(
    an: Person, write: Any, newcomer: Organization, organization: Organization
) -> None:
    for other in (newcomer, organization):
        with pytest.raises(NotAPartner):
            ask_partner(an, write(), other)
    assert not Message.objects.exists()


def test_only_a_member_of_the_asked_one_answers(asked: Release, an: Person) -> None:
    with pytest.raises(NotAPartner):
        answer_partner(an, Partnership.objects.get(), is_agreed=True, seen="")


def test_a_dropped_partner_is_not_waited_for(desk: Client, asked: Release) -> None:
    desk.post(f"/desk/releases/{asked.public_id}/partners", {"drop": Partnership.objects.get().public_id})
    assert reasons_not_to_submit(asked) == []


def test_the_search_finds_a_name_without_its_marks(desk: Client, write: Any, bank: Organization) -> None:
    release = write()
    page = desk.get(f"/desk/releases/{release.public_id}/partners?q=hat+giong").content.decode()
    assert f'value="{bank.slug}"' in page
