"""The shelf: versions are appended and numbered, notices stand in the order they were committed."""

from collections.abc import Callable
from dataclasses import fields

from loa.archive.actions.shelve import Place, Text, add_version, digest, shelve
from loa.archive.models import Entry, Notice, Version
from loa.archive.queries import notices_after
from loa.organizations.models import Organization
from loa.topics.models import Section

TEXT = Text(language="vi", headline="Lúa mới", body_html="<p>Năm tấn.</p>", body_text="Năm tấn.")


def place_of(organization: Organization, section: Section) -> Place:
    return Place(portal_id=organization.portal_id, organization_id=organization.pk, section_id=section.pk, kind="news")


def test_a_release_is_shelved_once(organization: Organization, section: Section) -> None:
    where = place_of(organization, section)
    assert shelve("khoa", text=TEXT, place=where) == shelve("khoa", text=TEXT, place=where)
    assert (Entry.objects.count(), Version.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_versions_are_numbered_and_the_old_text_stays(organization: Organization, section: Section) -> None:
    entry = shelve("khoa", text=TEXT, place=place_of(organization, section))
    old = entry.versions.values().get()
    add_version(entry, text=TEXT, kind=Notice.Kind.CORRECTED, reason="Sửa")
    assert list(entry.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert entry.versions.values().get(number=1) == old


def test_notices_are_numbered_without_a_gap(put_out: Callable[..., Entry]) -> None:
    for _ in range(3):
        put_out()
    assert [notice.pk for notice in notices_after(0)] == [1, 2, 3]
    assert [notice.pk for notice in notices_after(2)] == [3]


def test_the_digest_covers_every_word(organization: Organization, section: Section) -> None:
    version = shelve("khoa", text=TEXT, place=place_of(organization, section)).versions.get()
    kept = Text(**{f.name: getattr(version, f.name) for f in fields(Text)})
    assert digest(version.salt, kept) == version.digest
    assert digest(version.salt, Text(**{**vars(kept), "contact": "ai khác"})) != version.digest
    assert digest("muối khác", kept) != version.digest
