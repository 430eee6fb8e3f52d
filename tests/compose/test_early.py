"""The pages of early reading: terms and a button, the text with the reader's name, and what its writers see of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.accounts.models import Person
from loa.lib import clock
from loa.mail.models import Message
from loa.media.actions.take_in import take_in as take_in_picture
from loa.moderation.actions.take_in import take_in
from loa.organizations.models import Organization
from loa.releases.actions.publish_due import publish_due
from loa.releases.actions.recall import recall
from loa.releases.models import EarlyReader, Opening, Release
from tests.conftest import Write


@pytest.fixture
def address(photo: Callable[..., SimpleUploadedFile], organization: Organization) -> str:
    """Of a picture that only the release shows."""
    return take_in_picture(photo().read(), owner_key=f"organization:{organization.pk}").get_absolute_url()


@pytest.fixture
def scheduled(an: Person, write: Write, address: str) -> Release:
    release = write(pictures=[{"url": address, "alt": "Lúa", "credit": "An"}])
    take_in(an, release, at=clock.now() + timedelta(days=2), zone="Asia/Ho_Chi_Minh")
    return release


def door(release: Release) -> str:
    return f"/desk/releases/{release.public_id}/early"


def invite(desk: Client, release: Release) -> str:
    """The way of the link in Hoa's mail."""
    form = {"invite": "1", "name": "Hoa, báo Mới", "email": "hoa@bao.example", "days": "3"}
    assert "Đã gửi liên kết riêng cho Hoa, báo Mới." in desk.post(door(release), form, follow=True).text
    mail = Message.objects.filter(to="hoa@bao.example").latest("pk")
    return "/early?link=" + mail.text.split("/early?link=")[1].split()[0]


def test_the_terms_are_agreed_to_by_a_button_and_the_text_carries_the_name(
    desk: Client, scheduled: Release, address: str
) -> None:
    link, hoa = invite(desk, scheduled), Client()
    terms = hoa.get(link)
    assert "Cấm phát hành trước" in terms.text
    assert scheduled.headline not in terms.text
    assert not Opening.objects.exists(), "a scanner that opens links has opened nothing"
    assert hoa.get(address).status_code == 404
    page = hoa.post(link)
    assert scheduled.headline in page.text
    assert page.text.count("Bản đọc trước của Hoa, báo Mới (hoa@bao.example)") == 2
    assert hoa.get(address).status_code == 200
    for answer in (terms, page):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert 'content="noindex' in answer.text
    assert "Đã mở 1 lần" in desk.get(door(scheduled)).text


def test_what_is_taken_back_is_gone_at_once_pictures_too(desk: Client, scheduled: Release, address: str) -> None:
    link, hoa = invite(desk, scheduled), Client()
    hoa.post(link)
    told = desk.post(door(scheduled), {"stop": EarlyReader.objects.get().public_id}, follow=True).text
    assert "Đã thu lại" in told
    assert [hoa.get(link).status_code, hoa.post(link).status_code, hoa.get(address).status_code] == [410, 410, 404]
    assert "Sao Mai" not in hoa.get(link).text


def test_a_link_that_expired_tells_nothing(desk: Client, scheduled: Release) -> None:
    link = invite(desk, scheduled)
    EarlyReader.objects.update(expires_at=clock.now())
    assert [Client().get(link).status_code, Client().post(link).status_code] == [410, 410]
    assert Client().get("/early").status_code == 410


def test_after_publication_the_link_leads_to_the_public_page(desk: Client, scheduled: Release) -> None:
    link = invite(desk, scheduled)
    Release.objects.update(publish_at=clock.now())
    assert publish_due() == 1
    EarlyReader.objects.update(expires_at=clock.now())
    answer = Client().get(link, follow=True)
    assert answer.redirect_chain[0][0].startswith("/r/")
    assert scheduled.headline in answer.text
    assert "Ai đã đọc trước" in desk.get(f"/desk/releases/{scheduled.public_id}").text


def test_while_the_text_is_changed_nobody_reads_it(an: Person, desk: Client, scheduled: Release) -> None:
    link = invite(desk, scheduled)
    recall(an, scheduled)
    page = Client().post(link)
    assert "đang được sửa" in page.text
    assert scheduled.headline not in page.text
    assert "Chỉ cho đọc trước khi" in desk.get(door(scheduled)).text


def test_opening_too_often_is_slowed(desk: Client, scheduled: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    link = invite(desk, scheduled)
    monkeypatch.setattr("loa.compose.views.early.take", lambda *_, **__: False)
    assert Client().post(link).status_code == 429


def test_what_is_missing_of_the_form_is_said(desk: Client, scheduled: Release) -> None:
    assert desk.post(door(scheduled), {"invite": "1", "name": "", "email": "x", "days": "90"}).status_code == 400


def test_strangers_see_no_readers(client: Client, stranger: Person, scheduled: Release) -> None:
    client.force_login(stranger)
    assert client.get(door(scheduled)).status_code == 404
