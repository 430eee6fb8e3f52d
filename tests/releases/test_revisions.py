"""Every text a release ever said is kept as a revision, bounded, and can be taken back."""

from datetime import timedelta
from typing import Any

import pytest

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.models import Record
from loa.lib import clock
from loa.media.models import Picture
from loa.releases import queries
from loa.releases.actions import write_down
from loa.releases.actions.appear import appear
from loa.releases.actions.correct import correct
from loa.releases.actions.mend import mend
from loa.releases.actions.merge import Seen, merge
from loa.releases.actions.publish import publish
from loa.releases.actions.restore import restore
from loa.releases.actions.save import save
from loa.releases.actions.submit import submit
from loa.releases.actions.translate import publish_translation, save_translation
from loa.releases.errors import StaleRevision, WrongState
from loa.releases.models import Release, Revision, Way
from loa.releases.preflight.release import look_over
from tests.conftest import Write


def ways(release: Release, language: str = "") -> list[tuple[int, str]]:
    """Return the line of revisions, the first one first."""
    return [(row.number, row.way) for row in reversed(queries.line(release, language))]


def tick(monkeypatch: pytest.MonkeyPatch, **later: int) -> None:
    """Put the one clock forward."""
    then = clock.now() + timedelta(**later)
    monkeypatch.setattr(clock, "now", lambda: then)


def type_in(person: Person, release: Release, lead: str, way: str = Way.AUTOSAVED) -> Release:
    """Save the lead as an open page does by itself."""
    release.refresh_from_db()
    return merge(person, release, fields={"lead": lead}, seen=Seen(release.revision, "p"), way=way).release


def test_a_draft_begins_with_its_first_revision(an: Person, write: Write) -> None:
    release = write()
    assert ways(release) == [(1, Way.BEGUN)]
    row = queries.line(release).get()
    assert (row.person, row.fields["headline"]) == (an, release.headline)


def test_saves_by_themselves_of_one_person_become_one(an: Person, write: Write) -> None:
    release = write(lead="Không")
    for lead in ("Một", "Hai", "Ba"):
        type_in(an, release, lead)
    assert ways(release) == [(1, Way.BEGUN), (4, Way.AUTOSAVED)]
    type_in(an, release, "Bốn", Way.SAVED)
    assert ways(release) == [(1, Way.BEGUN), (5, Way.SAVED)]
    assert [row.fields["lead"] for row in queries.line(release)] == ["Bốn", "Không"]


def test_after_ten_minutes_another_begins(an: Person, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    release = write()
    type_in(an, release, "Một")
    tick(monkeypatch, minutes=11)
    type_in(an, release, "Hai")
    assert ways(release) == [(1, Way.BEGUN), (2, Way.AUTOSAVED), (3, Way.AUTOSAVED)]


def test_each_person_has_revisions_of_their_own(an: Person, stranger: Person, write: Write) -> None:
    release = write()
    type_in(an, release, "Của An")
    type_in(stranger, release, "Của Bình")
    assert [row.person for row in queries.line(release)][:2] == [stranger, an]


def test_what_somebody_else_has_open_stays(an: Person, stranger: Person, write: Write) -> None:
    release = write()
    type_in(an, release, "Một")
    appear(stranger, release, page="khac", revision=2)
    type_in(an, release, "Hai")
    assert ways(release) == [(1, Way.BEGUN), (2, Way.AUTOSAVED), (3, Way.AUTOSAVED)]


def test_what_stands_on_another_page_of_the_same_person_stays(an: Person, write: Write) -> None:
    """Else that page would have nothing to be held against, and its next words would be in dispute."""
    release = write(lead="Không")
    type_in(an, release, "Một")
    appear(an, release, page="khac", revision=2)
    type_in(an, release, "Hai")
    assert ways(release) == [(1, Way.BEGUN), (2, Way.AUTOSAVED), (3, Way.AUTOSAVED)]
    made = merge(an, release, fields={"lead": "Một", "headline": "Từ thẻ kia"}, seen=Seen(2, "khac"))
    assert (made.release.lead, made.release.headline) == ("Hai", "Từ thẻ kia")


def test_saving_what_stands_there_already_is_no_revision(an: Person, write: Write) -> None:
    release = write()
    assert save(release, fields={"headline": release.headline}, expected_revision=1, person=an).revision == 1
    assert ways(release) == [(1, Way.BEGUN)]


def test_what_stood_before_there_were_revisions_is_written_down_first(an: Person, write: Write) -> None:
    release = write()
    Revision.objects.all().delete()
    save(release, fields={"headline": "Mới"}, expected_revision=1, person=an)
    assert ways(release) == [(1, Way.FOUND), (2, Way.SAVED)]
    assert queries.line(release).last().fields["headline"] == release.headline  # type: ignore[union-attr]


def test_they_are_bounded_and_what_went_out_stays(an: Person, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_down, "MOST", 3)
    release = submit(an, write())
    Release.objects.filter(pk=release.pk).update(state="draft")
    for number in range(1, 7):
        by_itself = number in (3, 4)
        way = Way.AUTOSAVED if by_itself else Way.SAVED
        person = an if by_itself else None
        save(release, fields={"lead": f"{number}"}, expected_revision=number, person=person, way=way)
    assert queries.line(release).filter(is_submitted=True).get().number == 1
    assert [number for number, _way in ways(release)] == [1, 3, 6, 7]


def test_every_way_of_saving_keeps_a_revision(an: Person, write: Write, ready: dict[str, Any]) -> None:
    release = write(lead="Lễ mừng diễn ra thứ Hai, ngày 28/11/2026.")
    finding = next(one for one in look_over(release) if one.finding.fix)
    assert mend(release, key=finding.finding.key, person=an)
    assert ways(release)[-1] == (2, Way.MENDED)
    type_in(an, release, "Tự lưu")
    assert ways(release)[-1] == (3, Way.AUTOSAVED)
    restore(an, queries.line(release).get(number=1), expected_revision=3)
    assert ways(release)[-1] == (4, Way.RESTORED)
    release.refresh_from_db()
    save_translation(release, "en", fields={"headline": "A"}, expected_revision=0, follows=4, person=an)
    assert ways(release, "en") == [(1, Way.SAVED)]
    publish(actor(an), submit(an, release))
    row = queries.line(release).get(number=4)
    assert (row.is_submitted, row.is_published) == (True, True)
    release.refresh_from_db()
    correct(actor(an), release, fields={"lead": "Sửa"}, reason="Sai", expected_revision=4, person=an)
    row = queries.line(release).get(number=5)
    assert (row.way, row.is_published, row.person) == (Way.CORRECTED, True, an)


def test_a_published_translation_is_kept_for_ever(an: Person, write: Write) -> None:
    release = write()
    publish(actor(an), submit(an, release))
    release.refresh_from_db()
    said = {"headline": "First harvest", "lead": "Five tons.", "body_html": "<p>Long enough.</p>", "contact": "Lan"}
    save_translation(release, "en", fields=said, expected_revision=0, follows=1, person=an)
    publish_translation(actor(an), release, "en", expected_revision=1)
    assert queries.line(release, "en").get().is_published


def test_restoring_is_a_revision_and_is_recorded(an: Person, write: Write) -> None:
    release = write(lead="Đầu tiên")
    save(release, fields={"lead": "Sau"}, expected_revision=1, person=an)
    first = queries.line(release).get(number=1)
    restore(an, first, expected_revision=2)
    release.refresh_from_db()
    assert (release.lead, release.revision) == ("Đầu tiên", 3)
    assert ways(release) == [(1, Way.BEGUN), (2, Way.SAVED), (3, Way.RESTORED)]
    assert Record.objects.latest("id").act == "restore"
    with pytest.raises(StaleRevision):
        restore(an, first, expected_revision=2)
    submit(an, release)
    with pytest.raises(WrongState):
        restore(an, first, expected_revision=3)


def test_a_restored_text_has_no_file_that_is_gone(an: Person, write: Write) -> None:
    release = write()
    owner = f"organization:{release.organization_id}"
    picture = Picture.objects.create(owner_key=owner, digest="0" * 64, width=10, height=10, size=10)
    shown = {"url": picture.get_absolute_url(), "alt": "Lúa"}
    body = f'<p>Một</p><figure><img src="{shown["url"]}" alt="Lúa"></figure>'
    save(release, fields={"pictures": [shown], "body_html": body}, expected_revision=1, person=an)
    save(release, fields={"pictures": [], "body_html": "<p>Một</p>", "lead": "Ba"}, expected_revision=2, person=an)
    restore(an, queries.line(release).get(number=2), expected_revision=3)
    release.refresh_from_db()
    assert release.pictures == [shown]
    save(release, fields={"pictures": [], "body_html": "<p>Một</p>", "lead": "Ba"}, expected_revision=4, person=an)
    picture.delete()
    restore(an, queries.line(release).get(number=2), expected_revision=5)
    release.refresh_from_db()
    assert (release.pictures, "figure" in release.body_html, release.lead) == (
        [],
        False,
        "Vụ lúa cho năm tấn mỗi héc-ta.",
    )


def test_a_translation_is_restored_too(an: Person, write: Write) -> None:
    release = write()
    save_translation(release, "en", fields={"headline": "A"}, expected_revision=0, follows=1, person=an)
    save_translation(release, "en", fields={"headline": "B"}, expected_revision=1, follows=1, person=an)
    restore(an, queries.line(release, "en").get(number=1), expected_revision=2)
    assert release.translations.get().headline == "A"
    assert ways(release, "en") == [(1, Way.SAVED), (2, Way.SAVED), (3, Way.RESTORED)]
