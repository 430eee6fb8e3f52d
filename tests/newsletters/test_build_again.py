"""build_again: what was withdrawn or corrected before a newsletter left is not in the one that leaves."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from loa.archive.actions.shelve import Text, add_version
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry, Notice
from loa.lib import clock
from loa.mail.actions.cancel import call_back
from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.lease import Room, lease
from loa.mail.models import Message, MessageAbout, State
from loa.mail.providers.folder import Folder
from loa.newsletters.actions.build_again import build_again
from loa.newsletters.actions.send_due import send_due
from loa.newsletters.models import DigestItem
from loa.portals.models import Portal
from loa.subscribers.actions.leave import leave
from loa.subscribers.models import Subscriber
from loa.topics.models import Section
from tests.entries import make_entry, make_portal
from tests.readers import make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Portal:
    return make_portal()


@pytest.fixture
def reader(portal: Portal) -> Subscriber:
    return make_reader(portal)


@pytest.fixture
def two(portal: Portal, reader: Subscriber) -> tuple[Entry, Entry]:
    """Two entries in one newsletter that waits."""
    made = make_entry(portal, "một"), make_entry(portal, "hai")
    assert send_due() == 1
    return made


def left(home: Path) -> list[str]:
    return [file.read_text() for file in (home / "outbox").glob("*.eml")]


def test_the_newsletter_that_leaves_names_only_what_stands(home: Path, two: tuple[Entry, Entry]) -> None:
    withdraw(two[0], statement="Sai số liệu.")
    assert deliver_due() == 0
    assert (send_due(), send_due(), deliver_due()) == (1, 0, 1)
    sent = Message.objects.get(state=State.SENT)
    assert "Tin hai" in sent.text
    assert "Tin một" not in sent.text + sent.html + sent.subject
    assert len(left(home)) == 1


def test_with_nothing_left_nothing_leaves(home: Path, portal: Portal, reader: Subscriber) -> None:
    only = make_entry(portal, "một")
    send_due()
    withdraw(only, statement="Sai.")
    assert (send_due(), deliver_due(), left(home)) == (0, 0, [])


def test_each_withdrawal_builds_it_again(two: tuple[Entry, Entry]) -> None:
    withdraw(two[0], statement="Sai.")
    assert build_again() == 1
    withdraw(two[1], statement="Sai.")
    assert (build_again(), build_again(), deliver_due()) == (0, 0, 0)
    assert not DigestItem.objects.exists()
    assert not MessageAbout.objects.filter(called_back_at__isnull=False).exists()


def test_what_was_sent_is_not_sent_again(two: tuple[Entry, Entry]) -> None:
    deliver_due()
    withdraw(two[0], statement="Sai.")
    assert (send_due(), deliver_due()) == (0, 0)


def test_whoever_left_meanwhile_gets_nothing(reader: Subscriber, two: tuple[Entry, Entry]) -> None:
    withdraw(two[0], statement="Sai.")
    leave(reader)
    assert (send_due(), deliver_due()) == (0, 0)


def test_what_was_in_hand_and_failed_is_not_tried_again(
    two: tuple[Entry, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    def withdraw_and_refuse(*_: Any) -> None:
        withdraw(two[0], statement="Sai.")
        raise OSError("450 later")

    with monkeypatch.context() as while_sending:
        while_sending.setattr(Folder, "_write", withdraw_and_refuse)
        assert deliver_due() == 0
    assert Message.objects.get().state == State.CANCELLED
    assert (build_again(), deliver_due()) == (1, 1)
    assert "Tin một" not in Message.objects.get(state=State.SENT).text


def test_a_sender_that_died_is_not_followed_with_what_was_called_back(two: tuple[Entry, Entry]) -> None:
    lease("dead", Room(5))
    withdraw(two[0], statement="Sai.")
    Message.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert deliver_due() == 0
    assert build_again() == 1


def test_what_was_corrected_is_named_as_it_is_now(two: tuple[Entry, Entry]) -> None:
    text = Text(language="vi", headline="Tin một, bản đúng", body_html="<p>Đúng.</p>", body_text="Đúng.")
    add_version(two[0], text=text, kind=Notice.Kind.CORRECTED, reason="Nhầm số")
    call_back(f"entry:{two[0].public_id}")
    assert (build_again(), deliver_due()) == (1, 1)
    sent = Message.objects.get(state=State.SENT).text
    assert "Tin một, bản đúng" in sent
    assert "Tin hai" in sent
    assert DigestItem.objects.count() == 2


def test_what_waits_because_of_a_list_that_was_left_goes_without_it(portal: Portal) -> None:
    reader = make_reader(portal, "hai@vidu.vn", "section:0")
    for slug in ("kinh-te", "van-hoa"):
        key = f"section:{Section.objects.get(slug=slug).pk}"
        reader.subscriptions.create(key=key, since=reader.asked_at)
        make_entry(portal, slug, section=slug)
    send_due()
    leave(reader, f"section:{Section.objects.get(slug='van-hoa').pk}")
    assert (send_due(), deliver_due()) == (1, 1)
    text = Message.objects.get(state=State.SENT).text
    assert ("Tin kinh-te" in text, "Tin van-hoa" in text) == (True, False)
    assert DigestItem.objects.count() == 1
