"""A text that was brought in is corrected and withdrawn like any other, once somebody opens it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.audit.models import Record
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.actions.bring_in import Arrival, Place, Text, bring_in, open_for_correction
from loa.releases.actions.correct import correct
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.topics.models import Section


def arrival(portal: Portal, organization: Organization, section: Section, key: str = "in-1") -> Arrival:
    body = "<p>Bài của năm ấy, đủ dài để còn đọc được.</p>"
    return Arrival(
        release_key=key, public_id=f"{key}-x",
        text=Text(language="vi", headline="Bài cũ", body_html=body, body_text="Bài của năm ấy."),
        place=Place(portal_id=portal.pk, organization_id=organization.pk, section_id=section.pk, kind="news"),
        published_at=datetime(2010, 3, 4, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def entry(portal: Portal, organization: Organization, section: Section) -> Entry:
    return bring_in(SYSTEM, [arrival(portal, organization, section)], source="x")[0]


def test_an_id_that_another_has_is_drawn_anew(
    portal: Portal, organization: Organization, section: Section, entry: Entry
) -> None:  # fmt: skip
    other = replace(arrival(portal, organization, section, "in-2"), public_id=entry.public_id)
    assert bring_in(SYSTEM, [other], source="x")[0].public_id != entry.public_id


def test_only_what_is_new_goes_in(portal: Portal, organization: Organization, section: Section, entry: Entry) -> None:
    rows = [arrival(portal, organization, section, key) for key in ("in-1", "in-2", "in-2")]
    assert [one.release_key for one in bring_in(SYSTEM, rows, source="x")] == ["in-2"]
    assert bring_in(SYSTEM, rows, source="x") == []
    assert Record.objects.filter(act="bring_in").count() == 2


def test_it_is_opened_once(entry: Entry, an: Person) -> None:
    first, second = open_for_correction(actor(an), entry), open_for_correction(actor(an), entry)
    assert first == second
    assert (first.state, first.headline, first.author) == ("published", "Bài cũ", None)
    assert Record.objects.filter(act="open_for_correction").count() == 1


def test_it_is_corrected(entry: Entry, an: Person, ready: dict[str, Any]) -> None:
    release = open_for_correction(actor(an), entry)
    fields = {"headline": "Bài cũ, đã sửa", "contact": "An"}
    correct(actor(an), release, fields=fields, reason="Sai tên", expected_revision=release.revision)
    entry.refresh_from_db()
    assert entry.current is not None
    assert (entry.current.number, entry.current.headline) == (2, "Bài cũ, đã sửa")
    assert entry.published_at.year == 2010


def test_it_is_withdrawn(entry: Entry, an: Person) -> None:
    withdraw(actor(an), open_for_correction(actor(an), entry), statement="Không đúng.")
    entry.refresh_from_db()
    assert entry.state == "withdrawn"


def test_a_moderator_takes_it_from_readers(entry: Entry, moderator: Person, client: Client) -> None:
    """From its address alone; looking makes no release."""
    client.force_login(moderator)
    page = f"/moderation/withdraw/{entry.public_id}"
    assert client.get("/moderation/withdraw", {"address": archive.address(entry)}).headers["Location"] == page
    assert client.get(page).status_code == 200
    assert not Release.objects.exists()
    client.post(page, {"statement": "Nội dung này không đúng sự thật."})
    entry.refresh_from_db()
    assert entry.state == "withdrawn"
