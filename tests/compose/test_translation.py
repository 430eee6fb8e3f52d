"""A release in other languages: written beside the original, published one by one, behind when it moves on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.releases.models import Release, Translation
from tests.compose.conftest import Form

EN = {
    "headline": "Sao Mai brings in its first organic rice",
    "lead": "The harvest gave five tonnes a hectare.",
    "body_html": "<p>The Sao Mai cooperative has harvested its first organic rice in Đồng Tháp.</p>",
    "contact": "Ms Nguyễn Thị Lan, lan@example.vn",
}
AR = {
    "headline": "ساو ماي تحصد أول أرز عضوي",
    "lead": "بلغ المحصول خمسة أطنان للهكتار.",
    "body_html": "<p>حصدت تعاونية ساو ماي أول محصول من الأرز العضوي في دونغ ثاب.</p>",
    "contact": "السيدة لان، lan@example.vn",
}


@pytest.fixture
def release(put_out: Callable[..., Entry]) -> Release:
    put_out()
    return Release.objects.get()


def door(release: Release, language: str, act: str = "") -> str:
    return f"/desk/releases/{release.public_id}/translations/{language}{act}"


def sent(release: Release, fields: dict[str, Any], revision: int = 0, **more: Any) -> dict[str, Any]:
    """What a browser sends from the form."""
    release.refresh_from_db()
    return {"revision": revision, "original": release.revision, **fields, **more}


def read(path: str) -> Any:
    """As a stranger, following redirects."""
    return Client().get(path, follow=True)


def test_two_languages_go_out_one_by_one_and_a_correction_leaves_the_other_behind(
    desk: Client, release: Release, form: Form
) -> None:
    entry = Entry.objects.get()
    for language, fields in (("en", EN), ("ar", AR)):
        page = desk.post(door(release, language), sent(release, fields, send="1"), follow=True)
        assert "Bấm nút là bản dịch lên trang ngay" in page.text
        page = desk.post(door(release, language, "/publish"), {"revision": 1}, follow=True)
        assert "Đã đăng bản dịch." in page.text
    english = read(f"/en/r/{entry.public_id}")
    assert EN["headline"] in english.text
    assert english["Content-Language"] == "en"
    assert "Translated from Vietnamese." in english.text
    arabic = read(f"/ar/r/{entry.public_id}")
    assert arabic["Content-Language"] == "ar"
    assert '<html lang="en">' in arabic.text
    assert re.search(r'<h1 class="sheet__headline" lang="ar" dir="rtl">', arabic.text)
    for page in (english, arabic, read(f"/r/{entry.public_id}")):
        links = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page.text))
        assert set(links) == {"vi", "en", "ar", "x-default"}
        assert links["x-default"] == links["vi"]
        assert "العربية" in page.text

    desk.post(
        f"/desk/releases/{release.public_id}/correct",
        form(release, lead="Vụ lúa cho sáu tấn mỗi héc-ta.", reason="Sai số liệu"),
    )
    assert "Bản dịch của phiên bản" not in read(f"/r/{entry.public_id}").text
    assert "A translation of version 1; the original is now version 4." in read(f"/en/r/{entry.public_id}").text
    page = desk.get(door(release, "en"))
    assert "Bản gốc đã sửa sau khi dịch" in page.text
    assert re.search(r"<del>.*năm .*</del>.*<ins>.*sáu .*</ins>", page.text, re.DOTALL)

    better = {**EN, "lead": "The harvest gave six tonnes a hectare."}
    desk.post(door(release, "en"), sent(release, better, revision=1, is_current="on"))
    page = desk.post(door(release, "en", "/publish"), {"revision": 2})
    assert page.status_code == 400  # what is public changes only with a reason
    desk.post(door(release, "en", "/publish"), {"revision": 2, "reason": "As the original."})
    english = read(f"/en/r/{entry.public_id}")
    assert "six tonnes" in english.text
    assert "As the original." in english.text
    assert "the original is now" not in english.text
    assert "the original is now" in read(f"/ar/r/{entry.public_id}").text


def test_the_release_leads_to_its_languages(desk: Client, release: Release) -> None:
    page = desk.get(f"/desk/releases/{release.public_id}").text
    assert '<option value="ja">tiếng Nhật · 日本語</option>' in page
    assert '<option value="vi"' not in page
    answer = desk.get(f"/desk/releases/{release.public_id}/translations?language=ja")
    assert answer["Location"] == door(release, "ja")
    desk.post(door(release, "ja"), sent(release, {"headline": "米"}))
    assert "Chưa đăng" in desk.get(f"/desk/releases/{release.public_id}").text


def test_what_is_missing_is_said_and_nothing_goes_out(desk: Client, release: Release) -> None:
    page = desk.post(door(release, "en"), sent(release, {"headline": "Rice", "body_html": ""}, send="1"), follow=True)
    assert "Hãy dịch nội dung." in page.text
    assert "Cho đăng" not in page.text
    assert desk.post(door(release, "en", "/publish"), {"revision": 1}).status_code == 400
    assert Entry.objects.get().versions.count() == 1


def test_a_draft_is_translated_too_and_waits_for_it(desk: Client, write: Callable[..., Release]) -> None:
    draft = write()
    desk.post(door(draft, "en"), sent(draft, EN))
    assert "Bản gốc chưa đăng" in desk.get(door(draft, "en", "/publish")).text
    assert "English" in desk.get(f"/desk/releases/{draft.public_id}").text


def test_the_originals_words_are_copied_into_one_field_or_all_empty_ones(desk: Client, release: Release) -> None:
    desk.post(door(release, "en"), sent(release, {"headline": "Rice"}, copy="contact"))
    row = Translation.objects.get()
    assert (row.headline, row.contact, row.lead) == ("Rice", release.contact, "")
    desk.post(
        door(release, "en"), sent(release, {"headline": "Rice", "contact": row.contact}, revision=1, copy="empty")
    )
    row.refresh_from_db()
    assert row.headline == "Rice"
    assert row.lead == release.lead
    assert "Đồng Tháp" in row.body_html


def test_pictures_and_quotes_are_translated_in_their_places(desk: Client, release: Release) -> None:
    release.pictures = [{"url": "/media/lua1.webp", "alt": "Ruộng lúa", "caption": "Vụ đầu", "credit": "Lan"}]
    release.quotes = [{"id": "q1", "text": "Lúa tốt.", "name": "Lan", "role": "Chủ nhiệm"}]
    release.save()
    page = desk.get(door(release, "en")).text
    for name in ("picture-lua1-alt", "picture-lua1-caption", "quote-q1-text", "quote-q1-role"):
        assert f'name="{name}"' in page
    said = {"picture-lua1-alt": "A rice field", "quote-q1-text": "Good rice.", "quote-q1-role": "Chairwoman"}
    page = desk.post(door(release, "en"), sent(release, {**EN, **said}, preview="1"), follow=True).text
    assert "Good rice." in page
    assert "Chairwoman" in page
    assert 'alt="A rice field"' in page
    assert "Vụ đầu" not in page


def test_whoever_saved_second_sees_both_texts_and_can_save_over(desk: Client, release: Release) -> None:
    desk.post(door(release, "en"), sent(release, {"headline": "Theirs"}))
    page = desk.post(door(release, "en"), sent(release, {"headline": "Mine"}))
    assert page.status_code == 409
    assert "Theirs" in page.text
    assert 'value="Mine"' in page.text
    assert 'name="revision" value="1"' in page.text


def test_only_its_own_people_find_it(client: Client, release: Release, stranger: Person) -> None:
    assert client.get(door(release, "en")).status_code == 302
    client.force_login(stranger)
    for act in ("", "/preview", "/publish"):
        assert client.get(door(release, "en", act)).status_code == 404


@pytest.mark.parametrize("language", ["vi", "tlh", "EN"])
def test_there_is_no_form_for_what_is_no_other_language(desk: Client, release: Release, language: str) -> None:
    assert desk.get(door(release, language)).status_code == 404


def test_a_withdrawal_takes_every_language(desk: Client, release: Release) -> None:
    desk.post(door(release, "en"), sent(release, EN))
    desk.post(door(release, "en", "/publish"), {"revision": 1})
    desk.post(f"/desk/releases/{release.public_id}/withdraw", {"statement": "Đăng nhầm."})
    public_id = Entry.objects.get().public_id
    for path in (f"/r/{public_id}", f"/en/r/{public_id}", f"/ja/r/{public_id}"):
        page = Client().get(path)
        assert page.status_code == 410
        assert "Đăng nhầm." in page.text
    assert desk.get(door(release, "en")).status_code == 404


def test_a_language_without_a_text_leads_to_the_original_for_now(release: Release) -> None:
    public_id = Entry.objects.get().public_id
    for prefix in ("/en", "/ja", "/zh-hans"):
        answer = Client().get(f"{prefix}/r/{public_id}")
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"/r/{public_id}/")


def test_another_spelling_of_a_code_leads_to_the_right_one_for_good(desk: Client, release: Release) -> None:
    desk.post(door(release, "zh-Hans"), sent(release, {**EN, "headline": "稻米"}))
    desk.post(door(release, "zh-Hans", "/publish"), {"revision": 1})
    public_id = Entry.objects.get().public_id
    answer = Client().get(f"/zh-hans/r/{public_id}")
    assert answer.status_code == 301
    assert answer["Location"].startswith(f"/zh-Hans/r/{public_id}/")
