"""Withdrawing leaves a tombstone with its statement and calls back mail that has not left."""

from typing import Any

import pytest

from loa.archive import queries as archive
from loa.archive.models import Entry, Notice
from loa.archive.models import State as Shelf
from loa.audit.actions.record import Actor
from loa.mail.actions.queue import queue
from loa.mail.models import Message
from loa.portals.models import Portal
from loa.releases.actions.withdraw import withdraw
from loa.releases.errors import WrongState
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write


def test_a_tombstone_stands_with_its_statement(actor: Actor, put_out: Any, portal: Portal) -> None:
    entry = put_out()
    withdraw(actor, Release.objects.get(), statement="Thông tin chưa được phép công bố.")
    found = archive.by_public_id(portal.pk, entry.public_id)
    assert found is not None
    assert (found.state, found.statement) == (Shelf.WITHDRAWN, "Thông tin chưa được phép công bố.")
    assert not archive.public(portal.pk).exists()
    assert Release.objects.get().state == State.WITHDRAWN


def test_mail_about_it_is_called_back(actor: Actor, put_out: Any, run_wire: Any) -> None:
    entry = put_out()
    run_wire()
    queue(key="alert:1", to="doc@example.vn", subject="Tin", text="Tin", cancel_key=f"entry:{entry.public_id}")
    withdraw(actor, Release.objects.get(), statement="Rút.")
    assert Message.objects.get(key="alert:1").state == "cancelled"
    assert Message.objects.get(key="author:1").state == "cancelled"
    run_wire()
    assert [m.subject[:7] for m in Message.objects.filter(state="pending")] == ["Đã rút:"]


def test_nobody_is_told_of_a_publication_that_was_withdrawn_first(actor: Actor, put_out: Any, run_wire: Any) -> None:
    put_out()
    withdraw(actor, Release.objects.get(), statement="Rút.")
    run_wire()
    assert [m.key for m in Message.objects.all()] == ["author:2"]


def test_twice_does_nothing_more(actor: Actor, put_out: Any) -> None:
    put_out()
    withdraw(actor, Release.objects.get(), statement="Một.")
    withdraw(actor, Release.objects.get(), statement="Hai.")
    assert Entry.objects.get().statement == "Một."
    assert Notice.objects.count() == 2


def test_a_draft_is_not_withdrawn(actor: Actor, write: Write) -> None:
    with pytest.raises(WrongState):
        withdraw(actor, write(), statement="Rút.")


def test_the_author_of_an_english_release_is_told_in_english(actor: Actor, put_out: Any, run_wire: Any) -> None:
    entry = put_out(language="en", headline="A first harvest")
    run_wire()
    mail = Message.objects.latest("id")
    assert mail.subject == "Published: A first harvest"
    assert f"http://testserver/en/r/{entry.public_id}/" in mail.text
    withdraw(actor, Release.objects.get(), statement="Wrong figures.")
    run_wire()
    assert Message.objects.latest("id").text.startswith("Withdrawn: A first harvest\n\nWrong figures.\n\nhttp")
