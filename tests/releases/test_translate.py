"""A release in one more language: kept beside the original, published on its own, behind when the original moves on."""

from collections.abc import Callable
from typing import Any

import pytest

from loa.archive import queries as archive
from loa.archive.models import Entry, Notice
from loa.audit.actions.record import Actor
from loa.audit.models import Record
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.releases.actions.correct import correct
from loa.releases.actions.translate import publish_translation, save_translation, translated
from loa.releases.actions.withdraw import withdraw
from loa.releases.errors import NotALanguage, NotReady, StaleRevision, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.rules import is_behind, reasons_not_to_publish_translation, words_of_facts

EN = {
    "headline": "Sao Mai brings in its first organic rice",
    "lead": "The harvest gave five tonnes a hectare.",
    "body_html": "<p>The Sao Mai cooperative has harvested its first organic rice in Đồng Tháp.</p>",
    "contact": "Ms Nguyễn Thị Lan, lan@example.vn",
}
JA = {
    "headline": "サオマイ、初の有機米を収穫",
    "lead": "収量は1ヘクタール当たり5トンでした。",
    "body_html": "<p>サオマイ協同組合はドンタップ省で初めての有機米を収穫しました。</p>",
    "contact": "グエン・ティ・ラン、lan@example.vn",
}


@pytest.fixture
def entry(put_out: Callable[..., Entry]) -> Entry:
    return put_out()


@pytest.fixture
def release(entry: Entry) -> Release:
    return Release.objects.select_related("organization", "entry").get(entry=entry)


def put_in(release: Release, language: str, fields: dict[str, Any], revision: int = 0) -> int:
    """Save a translation of the release as it is, and answer its revision."""
    release.refresh_from_db()
    saved = save_translation(release, language, fields=fields, expected_revision=revision, follows=release.revision)
    return saved.revision


def test_each_language_is_published_on_its_own(actor: Actor, release: Release, entry: Entry) -> None:
    for language, fields in (("en", EN), ("ja", JA)):
        publish_translation(actor, release, language, expected_revision=put_in(release, language, fields))
    entry.refresh_from_db()
    found = archive.texts(entry)
    assert list(found) == ["vi", "en", "ja"]
    assert found["en"].headline == EN["headline"]
    assert archive.address(entry, found["en"]).startswith(f"/en/r/{entry.public_id}/sao-mai-brings")
    assert entry.current is not None
    assert archive.address(entry, found["ja"]) == f"/ja/r/{entry.public_id}/{entry.current.slug}"
    kinds = Notice.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["published", "translated", "translated"]


def test_it_is_behind_when_the_original_is_corrected_and_not_when_it_follows(
    actor: Actor, release: Release, entry: Entry
) -> None:
    publish_translation(actor, release, "en", expected_revision=put_in(release, "en", EN))
    publish_translation(actor, release, "ja", expected_revision=put_in(release, "ja", JA))
    correct(actor, release, fields={"lead": "Sáu tấn."}, reason="Sai số liệu.", expected_revision=release.revision)
    entry.refresh_from_db()
    assert archive.is_behind(entry, archive.texts(entry)["en"])
    revision = put_in(release, "en", {**EN, "lead": "Six tonnes."}, revision=1)
    version = publish_translation(actor, release, "en", expected_revision=revision, reason="As the original.")
    entry.refresh_from_db()
    assert not archive.is_behind(entry, version)
    assert archive.is_behind(entry, archive.texts(entry)["ja"])
    assert version.translates == entry.current


def test_a_typo_mended_without_reading_the_new_original_stays_behind(
    actor: Actor, release: Release, entry: Entry
) -> None:
    publish_translation(actor, release, "en", expected_revision=put_in(release, "en", EN))
    correct(actor, release, fields={"lead": "Sáu tấn."}, reason="Sai số liệu.", expected_revision=release.revision)
    saved = save_translation(release, "en", fields={"headline": "Rice"}, expected_revision=1, follows=None)
    version = publish_translation(actor, release, "en", expected_revision=saved.revision, reason="A typo.")
    entry.refresh_from_db()
    assert version.translates is not None
    assert version.translates.number == 1
    assert archive.is_behind(entry, version)
    release.refresh_from_db()
    assert is_behind(release, saved)
    assert saved.original["lead"] == "Vụ lúa cho năm tấn mỗi héc-ta."


def test_it_waits_for_the_original(actor: Actor, write: Callable[..., Release]) -> None:
    draft = write()
    revision = put_in(draft, "en", EN)
    with pytest.raises(NotReady, match="Bản gốc chưa đăng"):
        publish_translation(actor, draft, "en", expected_revision=revision)


def test_what_is_missing_is_said_in_sentences(actor: Actor, release: Release) -> None:
    release.pictures = [{"url": "/media/a.webp", "alt": "Ruộng lúa", "credit": "Lan"}]
    release.quotes = [{"id": "q1", "text": "Lúa tốt.", "name": "Lan", "role": "Chủ nhiệm"}]
    release.facts = {"audience": "Báo chí", "venues": [{"name": "Nhà văn hóa", "address": "1 Lê Lợi"}]}
    release.save()
    revision = put_in(release, "en", {})
    with pytest.raises(NotReady) as missing:
        publish_translation(actor, release, "en", expected_revision=revision)
    assert "Hãy dịch tiêu đề." in missing.value.reasons
    assert "Mỗi ảnh cần câu mô tả bằng ngôn ngữ này." in missing.value.reasons
    assert "Hãy dịch chức vụ của người được trích." in missing.value.reasons
    assert "Hãy dịch các chữ của phần thông tin riêng." in missing.value.reasons


def test_words_of_pictures_quotes_and_facts_are_put_in_and_the_rest_stays(release: Release) -> None:
    release.pictures = [{"url": "/media/a.webp", "alt": "Ruộng lúa", "caption": "Vụ đầu", "credit": "Lan"}]
    release.quotes = [{"id": "q1", "text": "Lúa tốt.", "name": "Lan", "role": "Chủ nhiệm", "is_confirmed": True}]
    release.facts = {
        "starts_at": "2026-12-01T09:00:00+07:00", "audience": "Báo chí",
        "venues": [{"name": "Nhà văn hóa", "address": "1 Lê Lợi"}, {"name": "Hội trường"}],
    }  # fmt: skip
    names = {text: name for name, text in words_of_facts(release.facts).items()}
    fields = {
        **EN,
        "pictures": {"/media/a.webp": {"alt": "A rice field", "caption": ""}},
        "quotes": {"q1": {"text": "Good rice.", "role": "Chairwoman"}},
        "facts": {names["Báo chí"]: "The press", names["Nhà văn hóa"]: "House of Culture", names["Hội trường"]: "Hall"},
    }
    row = save_translation(release, "en", fields=fields, expected_revision=0, follows=1)
    shown = translated(release, row)
    assert shown.pictures == [{"url": "/media/a.webp", "alt": "A rice field", "caption": "", "credit": "Lan"}]
    assert shown.quotes[0]["text"] == "Good rice."
    assert shown.quotes[0]["name"] == "Lan"
    assert shown.quotes[0]["is_confirmed"]
    assert shown.facts["audience"] == "The press"
    assert shown.facts["starts_at"] == "2026-12-01T09:00:00+07:00"
    assert [venue["name"] for venue in shown.facts["venues"]] == ["House of Culture", "Hall"]
    assert release.facts["audience"] == "Báo chí"
    assert "Hãy dịch các chữ của phần thông tin riêng." in reasons_not_to_publish_translation(release, row)


def test_markup_is_cleaned_and_read_in_its_own_measure(actor: Actor, release: Release) -> None:
    body = f"<p onclick='x()'>{'稲' * 1200}</p><script>alert(1)</script>"
    revision = put_in(release, "ja", {**JA, "body_html": body})
    version = publish_translation(actor, release, "ja", expected_revision=revision)
    assert "script" not in version.body_html
    assert "onclick" not in version.body_html
    assert version.reading_minutes == 3


def test_a_stale_save_loses_nothing(release: Release) -> None:
    put_in(release, "en", EN)
    with pytest.raises(StaleRevision):
        put_in(release, "en", {"headline": "Mine"})
    assert release.translations.get(language="en").headline == EN["headline"]


@pytest.mark.parametrize("language", ["vi", "tlh", "EN", "zh-hans"])
def test_only_another_language_can_be_written_in(release: Release, language: str) -> None:
    with pytest.raises(NotALanguage):
        put_in(release, language, EN)


def test_public_words_change_only_with_a_reason(actor: Actor, release: Release) -> None:
    publish_translation(actor, release, "en", expected_revision=put_in(release, "en", EN))
    revision = put_in(release, "en", {"headline": "Rice"}, revision=1)
    with pytest.raises(NotReady, match="lý do"):
        publish_translation(actor, release, "en", expected_revision=revision)
    publish_translation(actor, release, "en", expected_revision=revision, reason="Shorter.")
    assert Notice.objects.latest("id").kind == Notice.Kind.CORRECTED


def test_publishing_twice_is_publishing_once(actor: Actor, release: Release) -> None:
    revision = put_in(release, "en", EN)
    once = publish_translation(actor, release, "en", expected_revision=revision)
    assert publish_translation(actor, release, "en", expected_revision=revision) == once
    assert Notice.objects.filter(kind=Notice.Kind.TRANSLATED).count() == 1


def test_a_suspended_organization_publishes_no_translation(
    actor: Actor, release: Release, organization: Organization, suspend_it: Callable[[Organization], None]
) -> None:
    revision = put_in(release, "en", EN)
    suspend_it(organization)
    release.refresh_from_db()
    with pytest.raises(Suspended):
        publish_translation(actor, release, "en", expected_revision=revision)
    with pytest.raises(Suspended):
        put_in(release, "en", EN, revision=revision)


def test_a_withdrawal_takes_all_languages(actor: Actor, release: Release, entry: Entry) -> None:
    revision = put_in(release, "en", EN)
    withdraw(actor, release, statement="Nhầm.")
    with pytest.raises(WrongState):
        publish_translation(actor, release, "en", expected_revision=revision)


def test_an_original_written_anew_in_a_translations_language_takes_its_place(
    actor: Actor, release: Release, entry: Entry
) -> None:
    publish_translation(actor, release, "en", expected_revision=put_in(release, "en", EN))
    correct(actor, release, fields={**EN, "language": "en"}, reason="Nay viết tiếng Anh.", expected_revision=1)
    entry.refresh_from_db()
    assert list(archive.texts(entry)) == ["en"]
    assert archive.prefer(archive.public(entry.portal_id), "en")[0].current == entry.current


def test_it_is_written_down_and_the_author_is_told(
    actor: Actor, release: Release, entry: Entry, run_wire: Callable[[], int]
) -> None:
    publish_translation(actor, release, "en", expected_revision=put_in(release, "en", EN))
    run_wire()
    row = Record.objects.get(act="publish_translation")
    assert row.detail["language"] == "en"
    mail = Message.objects.get(subject__startswith="Đã đăng bản dịch")
    assert mail.subject == f"Đã đăng bản dịch tiếng Anh: {EN['headline']}"
    assert f"/en/r/{entry.public_id}/" in mail.text
