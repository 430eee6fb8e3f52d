"""What a text carries besides its words: translations, quotes, the day of an event; and digests that never change."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

from django.template.loader import render_to_string

from loa.archive import queries
from loa.archive.actions.shelve import FIRST, Place, Text, add_translation, add_version, digest, shelve
from loa.archive.models import Entry, Notice, Quotation
from loa.archive.sheet import Sheet, of_entry
from loa.lib import clock, tokens
from loa.organizations.models import Organization, Spokesperson
from loa.topics.models import Section

TEXT = Text(language="vi", headline="Lúa mới", body_html="<p>Năm tấn.</p>", body_text="Năm tấn.")
ENGLISH = replace(TEXT, language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")


def shelved(organization: Organization, section: Section, text: Text = TEXT) -> Entry:
    place = Place(
        portal_id=organization.portal_id, organization_id=organization.pk, section_id=section.pk, kind="event"
    )
    return shelve("khoa", text=text, place=place)


def test_a_text_without_the_later_fields_keeps_the_digest_it_always_had() -> None:
    canonical = json.dumps(
        {name: asdict(TEXT)[name] for name in FIRST}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert digest("muối", TEXT) == tokens.digest(f"muối\n{canonical}".encode())
    assert digest("muối", replace(TEXT, licence="cc-by")) != digest("muối", TEXT)


def test_a_translation_stands_beside_the_original(organization: Organization, section: Section) -> None:
    entry = shelved(organization, section)
    assert entry.current is not None
    translation = add_translation(entry, text=ENGLISH, translates=entry.current)
    assert {code: text.headline for code, text in queries.texts(entry).items()} == {"vi": "Lúa mới", "en": "New rice"}
    assert (translation.number, translation.translates) == (2, entry.current)
    assert queries.address(entry, translation).startswith("/en/r/")
    assert [n.kind for n in queries.notices_after(0)] == [Notice.Kind.PUBLISHED, Notice.Kind.TRANSLATED]


def test_a_translation_says_when_the_original_has_moved_on(organization: Organization, section: Section) -> None:
    entry = shelved(organization, section)
    assert entry.current is not None
    english = add_translation(entry, text=ENGLISH, translates=entry.current)
    assert not of_entry(entry, "en", version=english).is_behind
    add_version(entry, text=replace(TEXT, headline="Lúa mới nữa"), kind=Notice.Kind.CORRECTED, reason="Sửa")
    sheet = of_entry(entry, "en", version=queries.texts(entry)["en"])
    assert (sheet.is_behind, sheet.translates) == (True, 1)


def test_each_language_has_its_own_corrections(organization: Organization, section: Section) -> None:
    entry = shelved(organization, section)
    first = entry.current
    assert first is not None
    add_translation(entry, text=ENGLISH, translates=first)
    second = add_translation(entry, text=ENGLISH, translates=first, reason="Typo")
    versions = queries.past(entry)
    assert [v.reason for v in queries.corrections(versions, second)] == ["Typo"]
    assert queries.corrections(versions, first) == []
    assert list(queries.now_by_language(entry, versions)) == ["vi", "en"]
    assert [n.kind for n in queries.notices_after(1)] == [Notice.Kind.TRANSLATED, Notice.Kind.CORRECTED]


def test_a_list_shows_each_entry_in_the_language_of_the_page(organization: Organization, section: Section) -> None:
    entry = shelved(organization, section)
    assert entry.current is not None
    add_translation(entry, text=ENGLISH, translates=entry.current)
    shown = queries.prefer(queries.public(entry.portal_id), "en")
    assert [one.current.headline for one in shown if one.current] == ["New rice"]
    assert [one.current.headline for one in queries.public(entry.portal_id) if one.current] == ["Lúa mới"]


def test_quotes_become_rows_of_their_text(organization: Organization, section: Section) -> None:
    speaker = Spokesperson.objects.create(organization=organization, name="Lê Thị Hoa", slug="le-thi-hoa")
    quote = {"id": "q1", "text": "Mùa này được.", "name": "Lê Thị Hoa", "role": "Giám đốc", "person": speaker.public_id}
    entry = shelved(organization, section, replace(TEXT, quotes=[quote]))
    row = Quotation.objects.get()
    assert (row.person, row.role, row.entry) == (speaker, "Giám đốc", entry)
    add_version(entry, text=TEXT, kind=Notice.Kind.CORRECTED, reason="Bỏ lời trích")
    assert not Quotation.objects.exists()


def coming(portal_id: int, now: datetime) -> list[Entry]:
    parts = queries.ahead(portal_id, now), queries.under_way(queries.occasions(portal_id), now)
    return [one.entry for part in parts for one in part]


def test_the_calendar_knows_what_lies_ahead(organization: Organization, section: Section) -> None:
    facts = {"starts_at": "2026-12-01T08:00:00+07:00", "ends_at": "2026-12-01T11:30:00+07:00"}
    entry = shelved(organization, section, replace(TEXT, facts=facts))
    during, after = datetime(2026, 12, 1, 4, 0, tzinfo=UTC), datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    assert coming(entry.portal_id, during) == [entry]
    assert coming(entry.portal_id, after) == []
    add_version(entry, text=TEXT, kind=Notice.Kind.CORRECTED, reason="Không còn là sự kiện")
    assert coming(entry.portal_id, during) == []


def test_an_event_says_its_hours_by_its_own_clocks() -> None:
    sheet = Sheet(
        headline="Mời thử phụ đề", body_html="", language="vi", organization=None, published_at=clock.now(),
        time_zone="Asia/Ho_Chi_Minh", kind="event",
        facts={"starts_at": "2026-12-05T14:00:00+07:00", "ends_at": "2026-12-05T16:30:00+07:00"},
    )  # fmt: skip
    page = render_to_string("archive/_event.html", {"sheet": sheet})
    assert "14:00</time>" in page
    assert "16:30</time>" in page
