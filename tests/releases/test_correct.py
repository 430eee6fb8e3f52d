"""Correcting shelves a next version at the same address."""

from typing import Any

import pytest

from loa.archive import queries as archive
from loa.archive.models import Entry, Notice
from loa.audit.actions.record import Actor
from loa.mail.actions.queue import queue
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.releases.actions.correct import correct
from loa.releases.errors import NotReady, StaleRevision, Suspended, WrongState
from loa.releases.models import Release
from loa.topics.models import Section, Topic
from tests.conftest import Write


@pytest.fixture
def release(put_out: Any) -> Release:
    put_out()
    return Release.objects.get()


def test_it_makes_version_two_and_keeps_version_one(actor: Actor, release: Release) -> None:
    correct(actor, release, fields={"headline": "Năm tấn rưỡi"}, reason="Sai số liệu", note="5,5", expected_revision=1)
    entry = Entry.objects.get()
    assert [v.headline for v in archive.versions(entry)] == [release.headline, "Năm tấn rưỡi"]
    assert entry.current is not None
    assert (entry.current.number, entry.current.reason, entry.current.note) == (2, "Sai số liệu", "5,5")
    assert [n.kind for n in Notice.objects.order_by("id")] == ["published", "corrected"]


def test_it_does_not_move_the_day_of_publication(actor: Actor, release: Release) -> None:
    before = Entry.objects.get()
    correct(actor, release, fields={"lead": "Khác"}, reason="Sửa", expected_revision=1)
    after = Entry.objects.get()
    assert (after.public_id, after.published_at) == (before.public_id, before.published_at)
    assert after.changed_at > before.changed_at


def test_mail_about_many_that_names_it_and_has_not_left_is_called_back(actor: Actor, release: Release) -> None:
    entry = Entry.objects.get()
    queue(key="a", to="doc@vidu.vn", subject="Bản tin", text="Bản tin\n", about=[f"entry:{entry.public_id}"])
    correct(actor, release, fields={"lead": "Khác"}, reason="Sửa", expected_revision=1)
    assert Message.objects.get(key="a").state == "cancelled"


def test_its_headings_change_with_it(actor: Actor, release: Release, portal: Portal, place: Place) -> None:
    topic = Topic.objects.create(qcode="medtop:20000210", labels={"vi": "Nông nghiệp"})
    culture = Section.objects.create(portal=portal, slug="van-hoa", name_vi="Văn hóa", name_en="Culture")
    fields = {"section": culture, "kind": "report", "place": place, "topics": [topic]}
    correct(actor, release, fields=fields, reason="Xếp lại", expected_revision=1)
    entry = Entry.objects.get()
    assert (entry.section, entry.kind, entry.place, list(entry.topics.all())) == (culture, "report", place, [topic])
    assert list(Release.objects.get().topics.all()) == [topic]
    assert entry.current is not None
    assert entry.current.number == 2


def test_it_needs_a_reason(actor: Actor, release: Release) -> None:
    with pytest.raises(NotReady):
        correct(actor, release, fields={}, reason=" ", expected_revision=1)
    assert Notice.objects.count() == 1


def test_a_stale_correction_is_refused(actor: Actor, release: Release) -> None:
    correct(actor, release, fields={"lead": "Một"}, reason="Sửa", expected_revision=1)
    with pytest.raises(StaleRevision):
        correct(actor, release, fields={"lead": "Hai"}, reason="Sửa", expected_revision=1)
    assert Release.objects.get().lead == "Một"


def test_only_the_published_is_corrected(actor: Actor, write: Write) -> None:
    with pytest.raises(WrongState):
        correct(actor, write(), fields={}, reason="Sửa", expected_revision=1)


def test_a_suspended_organization_does_not_correct(
    actor: Actor, release: Release, organization: Organization, suspend_it: Any
) -> None:
    suspend_it(organization)
    with pytest.raises(Suspended):
        correct(actor, release, fields={}, reason="Sửa", expected_revision=1)
