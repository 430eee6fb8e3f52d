"""Sending back: the author reads why, on the page and by mail, and may submit again."""

import pytest

from loa.accounts.models import Person
from loa.mail.models import Message
from loa.moderation.actions.send_back import send_back
from loa.moderation.actions.take_in import take_in
from loa.organizations.models import Organization
from loa.releases.actions.save import save
from loa.releases.errors import WrongState
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write


@pytest.fixture
def waiting(an: Person, write: Write, newcomer: Organization) -> Release:
    take_in(an, write(newcomer))
    return Release.objects.get()


def test_the_reason_is_on_the_release_and_in_one_mail(moderator: Person, an: Person, waiting: Release) -> None:
    send_back(moderator, waiting, reason="Hãy ghi rõ nguồn số liệu.")
    back = Release.objects.get()
    assert (back.state, back.sent_back_reason) == (State.SENT_BACK, "Hãy ghi rõ nguồn số liệu.")
    mail = Message.objects.get()
    assert mail.to == an.email
    assert "Hãy ghi rõ nguồn số liệu." in mail.text
    assert f"/desk/releases/{back.public_id}" in mail.text
    assert back.headline not in mail.text + mail.subject


def test_it_is_saved_and_submitted_again(moderator: Person, an: Person, waiting: Release) -> None:
    send_back(moderator, waiting, reason="Thiếu nguồn.")
    again = save(Release.objects.get(), fields={"source_name": "Tổng cục Thống kê"}, expected_revision=1)
    assert take_in(an, again) == "queued"
    assert Release.objects.get().sent_back_reason == "Thiếu nguồn."  # what the moderator compares the new text with


def test_each_time_it_comes_back_is_a_mail(moderator: Person, an: Person, waiting: Release) -> None:
    for reason in ("Thiếu nguồn.", "Vẫn thiếu."):
        send_back(moderator, Release.objects.get(), reason=reason)
        take_in(an, Release.objects.get())
    assert Message.objects.filter(to=an.email).count() == 2


def test_what_does_not_wait_is_not_sent_back(moderator: Person, write: Write) -> None:
    with pytest.raises(WrongState):
        send_back(moderator, write(), reason="Thiếu nguồn.")
    assert not Message.objects.exists()


def test_the_author_of_an_english_release_is_written_to_in_english(
    moderator: Person, an: Person, write: Write, newcomer: Organization
) -> None:
    take_in(an, write(newcomer, language="en"))
    send_back(moderator, Release.objects.get(), reason="Please name the source.")
    mail = Message.objects.get()
    assert mail.subject == "Your release needs changes"
    assert mail.text.startswith("The editor writes:\n\nPlease name the source.\n\nOpen the draft: ")
    assert f"http://testserver/en/desk/releases/{Release.objects.get().public_id}\n" in mail.text
