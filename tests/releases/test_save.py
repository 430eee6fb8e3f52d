"""Saving keeps what was typed, and nobody's text is lost."""

from typing import Any

import pytest

from loa.accounts.models import Person
from loa.organizations.models import Organization
from loa.releases import queries
from loa.releases.actions.save import begin, save
from loa.releases.actions.submit import submit
from loa.releases.errors import StaleRevision, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write


def test_a_draft_begins_empty(an: Person, organization: Organization) -> None:
    release = begin(an, organization, fields={})
    assert (release.state, release.revision, release.headline) == (State.DRAFT, 1, "")


def test_a_save_counts_the_revision(write: Write) -> None:
    saved = save(write(), fields={"headline": "  Tiêu đề mới "}, expected_revision=1)
    assert (saved.headline, saved.revision) == ("Tiêu đề mới", 2)


def test_a_stale_revision_changes_nothing(write: Write) -> None:
    release = write()
    save(release, fields={"headline": "Của Lan"}, expected_revision=1)
    with pytest.raises(StaleRevision):
        save(release, fields={"headline": "Của An"}, expected_revision=1)
    assert Release.objects.get().headline == "Của Lan"


def test_markup_is_cleaned_and_letters_are_composed(write: Write) -> None:
    saved = save(
        write(), fields={"headline": "Tie\u0302\u0301ng", "body_html": "<p onclick=x>a<script>b</script></p>"},
        expected_revision=1,
    )  # fmt: skip
    assert (saved.headline, saved.body_html) == ("Tiếng", "<p>a</p>")


def test_what_was_submitted_is_not_saved_over(an: Person, write: Write) -> None:
    release = submit(an, write())
    with pytest.raises(WrongState):
        save(release, fields={"headline": "Khác"}, expected_revision=release.revision)


def test_a_suspended_organization_neither_begins_nor_saves(
    an: Person, write: Write, organization: Organization, suspend_it: Any
) -> None:
    release = write()
    suspend_it(organization)
    with pytest.raises(Suspended):
        save(release, fields={}, expected_revision=1)
    with pytest.raises(Suspended):
        begin(an, organization, fields={})


def test_a_stranger_finds_no_release(write: Write, stranger: Person, an: Person) -> None:
    release = write()
    assert queries.get_for_editor(stranger, release.public_id) is None
    assert not queries.of_person(stranger).exists()
    assert queries.get_for_editor(an, release.public_id) == release


def test_a_source_that_is_no_web_address_is_not_kept(write: Write) -> None:
    assert write(source_url="https://nguon.example/tin").source_url == "https://nguon.example/tin"
    assert write(source_url="javascript:alert(document.cookie)").source_url == ""


def test_what_would_break_a_feed_is_not_kept(write: Write) -> None:
    release = write(headline="Sao\x00 Mai\x1b", body_html="<p>Lúa\x01</p>")
    assert (release.headline, release.body_html) == ("Sao Mai", "<p>Lúa</p>")
