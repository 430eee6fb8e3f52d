"""Publishing copies a release into the record, once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from loa.accounts.models import Person
from loa.archive import queries as archive
from loa.archive.models import Entry, Notice, Version
from loa.audit.actions.record import Actor
from loa.audit.models import Record
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.errors import Suspended, WrongState
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write


def test_it_makes_entry_version_and_notice(actor: Actor, an: Person, write: Write, portal: Portal) -> None:
    entry = publish(actor, submit(an, write()))
    assert list(archive.public(portal.pk)) == [entry]
    assert entry.current is not None
    assert entry.current.number == 1
    assert [n.kind for n in Notice.objects.all()] == ["published"]
    assert Release.objects.get().state == State.PUBLISHED
    assert Record.objects.filter(act="publish").count() == 1


def test_a_second_publish_answers_the_same_entry(actor: Actor, an: Person, write: Write) -> None:
    release = submit(an, write())
    assert publish(actor, release) == publish(actor, release)
    counts = [model.objects.count() for model in (Entry, Version, Notice)]
    assert counts == [1, 1, 1]
    assert Record.objects.filter(act="publish").count() == 1


def test_a_draft_is_not_published(actor: Actor, write: Write) -> None:
    with pytest.raises(WrongState):
        publish(actor, write())
    assert not Entry.objects.exists()


def test_a_suspended_organization_does_not_publish(
    actor: Actor, an: Person, write: Write, organization: Organization, suspend_it: Any
) -> None:
    release = submit(an, write())
    suspend_it(organization)
    with pytest.raises(Suspended):
        publish(actor, release)
    assert not Entry.objects.exists()
    assert not Notice.objects.exists()


def test_a_failure_leaves_no_half(actor: Actor, an: Person, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    release = submit(an, write())

    def fail(*_: object) -> None:
        raise OSError("đĩa đầy")

    monkeypatch.setattr("loa.archive.actions.shelve.put_on_wire", fail)
    with pytest.raises(OSError, match="đĩa đầy"):
        publish(actor, release)
    assert Release.objects.get().state == State.SUBMITTED
    assert not Entry.objects.exists()
    assert not Record.objects.filter(act="publish").exists()


def test_a_record_made_elsewhere_keeps_its_day(actor: Actor, an: Person, write: Write) -> None:
    day = datetime(2024, 3, 1, tzinfo=UTC)
    entry = publish(actor, submit(an, write()), published_at=day, is_day_only=True, views_before=12)
    assert (entry.published_at, entry.is_day_only, entry.views_before) == (day, True, 12)
    assert entry.recorded_at > day
