"""Kept items: a feed joined of them is the feed as it would be written anew, whatever changed since."""

import json
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from loa.archive.models import CrossListing, Entry
from loa.audit.actions.record import SYSTEM
from loa.feeds.views import pieces
from loa.feeds.views.items import Item, of_entry
from loa.lib import clock
from loa.lib.pieces import Pieces
from loa.organizations.models import Organization
from loa.portals.models import Portal, PortalHost
from loa.releases.actions.correct import correct
from loa.releases.actions.translate import publish_translation, save_translation
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.topics.models import Section, Topic

PutOut = Callable[..., Entry]
FORMS = ("xml", "atom", "json")
THERE = {"host": "sister.example"}
READABLE: dict[str, Callable[[bytes], object]] = {"xml": ET.fromstring, "atom": ET.fromstring, "json": json.loads}


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "kept", Pieces(10_000_000))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of items that were made and not taken as they were."""
    titles: list[str] = []

    def noted(entry: Entry) -> Item:
        item = of_entry(entry)
        titles.append(item.title)
        return item

    monkeypatch.setattr(pieces, "of_entry", noted)
    return titles


def feeds(client: Client, under: str = "", **headers: str) -> Iterator[bytes]:
    for form in FORMS:
        content = client.get(f"{under}/feed.{form}", headers=headers).content
        READABLE[form](content)
        yield content


def anew(client: Client, under: str = "", **headers: str) -> list[bytes]:
    """The feeds with nothing kept beforehand."""
    before, pieces.kept = pieces.kept, Pieces(10_000_000)
    try:
        return list(feeds(client, under, **headers))
    finally:
        pieces.kept = before


def correct_headline(entry: Entry, headline: str) -> None:
    release = Release.objects.get(entry=entry)
    correct(SYSTEM, release, fields={"headline": headline}, reason="Sai.", expected_revision=release.revision)


def test_an_item_is_made_once_for_all_lists_and_languages(
    client: Client, put_out_whole: PutOut, organization: Organization, made: list[str]
) -> None:
    put_out_whole()
    for under in ("", "/en", "/s/kinh-te", f"/o/{organization.slug}", f"/en/o/{organization.slug}", ""):
        list(feeds(client, under))
    assert len(made) == len(FORMS)


def test_a_correction_makes_one_item_and_joins_the_others(
    client: Client, put_out_whole: PutOut, made: list[str]
) -> None:
    entry, *_ = [put_out_whole(headline=f"Bài số {number}") for number in range(4)]
    list(feeds(client))
    made.clear()
    correct_headline(entry, "Bài đã sửa")
    after = list(feeds(client))
    assert made == ["Bài đã sửa"] * len(FORMS)
    assert all("Bài đã sửa" in one.decode() and "Bài số 0" not in one.decode() for one in after)
    assert after == anew(client)


def test_no_word_of_a_withdrawn_release_is_served(client: Client, put_out_whole: PutOut) -> None:
    put_out_whole()
    entry = put_out_whole(headline="Tin giả mạo")
    list(feeds(client))
    withdraw(SYSTEM, Release.objects.get(entry=entry), statement="Sai sự thật.")
    for under in ("", "/en"):
        after = list(feeds(client, under))
        assert all("Tin giả mạo" not in one.decode() and "Sai sự thật." in one.decode() for one in after)
        assert after == anew(client, under)


def suspend(entry: Entry) -> None:
    Organization.objects.filter(pk=entry.organization_id).update(suspended_at=clock.now())


def rename(entry: Entry) -> None:
    Organization.objects.filter(pk=entry.organization_id).update(name="Hợp tác xã Sao Hôm")


def move(entry: Entry) -> None:
    Organization.objects.filter(pk=entry.organization_id).update(slug="sao-hom")


def call_section(entry: Entry) -> None:
    Section.objects.filter(pk=entry.section_id).update(name_vi="Làm ăn", name_en="Trade")


def put_under_topic(entry: Entry) -> None:
    entry.topics.add(Topic.objects.create(qcode="medtop:1", labels={"vi": "Lúa", "en": "Rice"}))


def call_topic(entry: Entry) -> None:
    Topic.objects.filter(qcode="medtop:0").update(labels={"vi": "Gạo", "en": "Grain"})


def change_kind(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(kind="report")


def move_portal(entry: Entry) -> None:
    Portal.objects.filter(pk=entry.portal_id).update(origin="https://khac.example")


@pytest.mark.parametrize(
    "change", [suspend, rename, move, call_section, put_under_topic, call_topic, change_kind, move_portal]
)
def test_whatever_an_item_shows_is_shown_as_it_is_now(
    client: Client, put_out_whole: PutOut, change: Callable[[Entry], None]
) -> None:
    entry = put_out_whole()
    entry.topics.add(Topic.objects.create(qcode="medtop:0", labels={"vi": "Nông nghiệp", "en": "Farming"}))
    before = list(feeds(client))
    change(entry)
    after = list(feeds(client))
    assert after == anew(client)
    assert after != before


def test_each_language_has_its_own_text(client: Client, put_out: PutOut, ready: dict[str, object]) -> None:
    release = Release.objects.get(entry=put_out())
    list(feeds(client))
    row = save_translation(
        release, "en", fields={**ready, "headline": "New rice"}, expected_revision=0, follows=release.revision
    )
    publish_translation(SYSTEM, release, "en", expected_revision=row.revision, reason="")
    for under, has in (("", False), ("/en", True)):
        assert [("New rice" in one.decode()) for one in feeds(client, under)] == [has] * len(FORMS)


def test_a_sister_is_given_the_item_of_the_first_portal(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    Portal.objects.filter(pk=entry.portal_id).update(origin="https://first.example")
    sister = Portal.objects.create(slug="sister", name="GlobalDN", origin="https://sister.example", takes="straight")
    PortalHost.objects.create(portal=sister, host="sister.example")
    list(feeds(client))
    assert all(entry.public_id not in one.decode() for one in feeds(client, **THERE))
    CrossListing.objects.create(entry=entry, portal=sister, state=CrossListing.State.LISTED, asked_at=clock.now())
    listed = list(feeds(client, **THERE))
    assert all(f"https://first.example/r/{entry.public_id}" in one.decode() for one in listed)
    assert listed == anew(client, **THERE)


def test_what_is_corrected_between_two_reads_is_kept_as_what_it_became(
    client: Client, put_out: PutOut, monkeypatch: pytest.MonkeyPatch, made: list[str]
) -> None:
    entry = put_out(headline="Bài thứ nhất")
    marks = pieces._marks

    def overtaken(*of: object) -> list[pieces.Mark]:
        found = marks(*of)  # type: ignore[arg-type]
        if found:
            correct_headline(entry, "Bài thứ hai")
        return found

    monkeypatch.setattr(pieces, "_marks", overtaken)
    assert "Bài thứ hai" in client.get("/feed.xml").text
    monkeypatch.setattr(pieces, "_marks", marks)
    made.clear()
    assert "Bài thứ hai" in client.get("/feed.xml").text
    assert made == []


def test_what_is_withdrawn_between_two_reads_is_in_no_feed(
    client: Client, put_out: PutOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, marks = put_out(headline="Tin giả mạo"), pieces._marks

    def overtaken(*of: object) -> list[pieces.Mark]:
        found = marks(*of)  # type: ignore[arg-type]
        withdraw(SYSTEM, Release.objects.get(entry=entry), statement="Sai.")
        return found

    monkeypatch.setattr(pieces, "_marks", overtaken)
    assert "Tin giả mạo" not in client.get("/feed.xml").text
    monkeypatch.setattr(pieces, "_marks", marks)
    assert "Sai." in client.get("/feed.xml").text


def test_a_text_larger_than_the_store_is_still_in_the_feed(
    client: Client, put_out: PutOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "kept", Pieces(100))
    put_out(headline="Bài rất dài")
    for _ in range(2):
        assert all("Bài rất dài" in one.decode() for one in feeds(client))
