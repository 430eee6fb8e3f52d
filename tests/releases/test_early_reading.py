"""Early reading: by name, by a link of one's own, written down each time, and over at once when it is taken back."""

from datetime import timedelta
from typing import Any

import pytest

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.lib import clock, tokens
from loa.mail.models import Message
from loa.mail.models import State as MailState
from loa.moderation.actions.suspend import suspend
from loa.moderation.actions.take_in import take_in
from loa.organizations.models import Organization
from loa.releases import queries
from loa.releases.actions import let_read_early as letting
from loa.releases.actions.let_read_early import let_read_early, stop_reading_early
from loa.releases.actions.open_early import open_early
from loa.releases.actions.publish_due import publish_due
from loa.releases.actions.recall import recall
from loa.releases.errors import NotNow, TooMany, WrongState
from loa.releases.models import EarlyReader, Opening, Release
from tests.conftest import Write

HOA: dict[str, Any] = {"name": "Hoa, báo Mới", "email": "Hoa@bao.example", "days": 3}


@pytest.fixture
def scheduled(an: Person, write: Write) -> Release:
    release = write()
    take_in(an, release, at=clock.now() + timedelta(days=2), zone="Asia/Ho_Chi_Minh")
    release.refresh_from_db()
    return release


def token_of(reader: EarlyReader) -> str:
    mail = Message.objects.filter(to=reader.email).latest("pk")
    return mail.text.split("/early?link=")[1].split()[0]


def test_only_the_mail_has_the_token_and_none_of_the_text(an: Person, scheduled: Release) -> None:
    reader = let_read_early(an, scheduled, **HOA)
    token = token_of(reader)
    assert reader.token_digest == tokens.digest(token.encode())
    assert queries.early_reader_of_link(token) == reader
    mail = Message.objects.get(to="hoa@bao.example")
    assert scheduled.headline not in mail.text + mail.subject
    assert "giờ Việt Nam" in mail.text


def test_each_opening_is_written_down(an: Person, scheduled: Release) -> None:
    reader = let_read_early(an, scheduled, **HOA)
    assert [open_early(reader), open_early(reader)] == [scheduled, scheduled]
    row = queries.early_readers(scheduled).get()
    assert (row.opened, row.last_opened_at) == (2, Opening.objects.latest("opened_at").opened_at)  # type: ignore[attr-defined]
    assert {one.actor_label for one in Record.objects.filter(act="open_early")} == {"Hoa, báo Mới <hoa@bao.example>"}


def test_what_is_taken_back_opens_no_more_and_a_mail_that_waits_stays(an: Person, scheduled: Release) -> None:
    reader = let_read_early(an, scheduled, **HOA)
    token = token_of(reader)
    stop_reading_early(an, scheduled, reader.public_id)
    stop_reading_early(an, scheduled, reader.public_id)
    with pytest.raises(NotNow):
        open_early(reader)
    assert queries.early_reader_of_link(token) is None
    assert queries.shown_to_guest(reader.token_digest) is None
    assert Message.objects.get(to=reader.email).state == MailState.CANCELLED
    assert Record.objects.filter(act="stop_reading_early").count() == 1
    again = let_read_early(an, scheduled, **HOA)
    assert again.pk == reader.pk
    assert queries.early_reader_of_link(token) is None, "a new link ends the old one"
    assert open_early(again) == scheduled
    with pytest.raises(NotNow):
        open_early(reader)


def test_a_link_expires(an: Person, scheduled: Release) -> None:
    reader = let_read_early(an, scheduled, **HOA)
    EarlyReader.objects.update(expires_at=clock.now())
    with pytest.raises(NotNow):
        open_early(reader)


def test_only_what_was_accepted_and_waits_is_shown(
    an: Person, write: Write, newcomer: Organization, scheduled: Release
) -> None:
    draft = write()
    queued = write(newcomer)
    take_in(an, queued, at=clock.now() + timedelta(days=2), zone="Asia/Ho_Chi_Minh")
    for release in (draft, queued):
        with pytest.raises(WrongState):
            let_read_early(an, release, **HOA)
    reader = let_read_early(an, scheduled, **HOA)
    recall(an, scheduled)
    with pytest.raises(NotNow):
        open_early(reader)
    assert queries.shown_to_guest(reader.token_digest) is None


def test_it_is_over_when_everyone_may_read_it(an: Person, scheduled: Release) -> None:
    reader = let_read_early(an, scheduled, **HOA)
    Release.objects.update(publish_at=clock.now())
    assert publish_due() == 1
    with pytest.raises(NotNow):
        open_early(reader)


def test_nothing_of_a_suspended_organization_is_shown(
    an: Person, moderator: Person, scheduled: Release, organization: Organization
) -> None:
    reader = let_read_early(an, scheduled, **HOA)
    suspend(moderator, organization, reason="Tin sai.")
    with pytest.raises(NotNow):
        open_early(reader)


def test_not_half_the_town_reads_early(an: Person, scheduled: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letting, "MOST", 1)
    let_read_early(an, scheduled, **HOA)
    let_read_early(an, scheduled, **HOA)
    with pytest.raises(TooMany):
        let_read_early(an, scheduled, **{**HOA, "email": "lan@bao.example"})
