"""Texts brought as a file: a new draft, an empty one, one with words in it; what was left out is said."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.accounts.models import Person
from loa.compose.models import Bringing
from loa.lib import word
from loa.media.models import Picture
from loa.moderation.actions.suspend import suspend
from loa.organizations.models import Organization
from loa.releases.actions.save import begin
from loa.releases.models import Release
from tests.compose.conftest import Form
from tests.conftest import Write
from tests.lib import make_words as made
from tests.lib.make_words import docx, p, picture, plain, r

CANARY = "Chim-hoàng-yến"


def sent(data: bytes, name: str = "thong-cao.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def with_pictures() -> bytes:
    return docx(
        p("Sao Mai thu hoạch vụ lúa hữu cơ", style="Title"),
        p(made.LEAD),
        p(made.BODY, r(CANARY, "<w:vanish/>")),
        p(picture("i1", "Nông dân gặt lúa")),
        p("Xã viên gặt lúa. Ảnh: Lê Minh", style="Caption"),
        p("“Chúng tôi mất ba năm để đất trở lại như xưa”, ông Nguyễn Văn Hòa, Giám đốc, chia sẻ."),
        p(picture("i2", "Kho lúa")),
        p("Về Hợp tác xã Sao Mai", style="Heading1"),
        p("Thành lập năm 2011."),
        p("Liên hệ báo chí: Nguyễn Thị Lan, lan@example.vn"),
        relations={"i1": ("image", "media/a.png"), "i2": ("image", "media/b.png")},
        parts={"word/media/a.png": made.png("green"), "word/media/b.png": made.png("red")},
    )


def door(release: Release, more: str = "") -> str:
    return f"/desk/releases/{release.public_id}{more}"


@pytest.fixture
def empty(an: Person, organization: Organization) -> Release:
    return begin(an, organization, fields={"language": "vi"})


def test_a_file_begins_a_draft(desk: Client, organization: Organization) -> None:
    page = desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(with_pictures())}, follow=True)
    release = Release.objects.get()
    assert page.redirect_chain[-1][0] == door(release)
    assert release.headline == "Sao Mai thu hoạch vụ lúa hữu cơ"
    assert release.lead == made.LEAD
    assert release.contact == "Nguyễn Thị Lan, lan@example.vn"
    (quote,) = release.quotes
    assert (quote["name"], quote["role"]) == ("Nguyễn Văn Hòa", "Giám đốc")
    cover, second = release.pictures
    assert (cover["alt"], cover["caption"], cover["credit"]) == ("Nông dân gặt lúa", "Xã viên gặt lúa.", "Lê Minh")
    kept = {one.get_absolute_url() for one in Picture.objects.filter(owner_key=f"organization:{organization.pk}")}
    assert {cover["url"], second["url"]} == kept
    assert release.body_html == (
        f'<p>{made.BODY}</p>\n<p>[trích 1]</p>\n<figure><img src="{second["url"]}" alt="Kho lúa"></figure>\n'
        "<h2>Về Hợp tác xã Sao Mai</h2>\n<p>Thành lập năm 2011.</p>"
    )


def test_what_was_left_out_is_said_on_the_draft_until_it_was_read(desk: Client, organization: Organization) -> None:
    page = desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(with_pictures())}, follow=True)
    assert "Từ tệp “thong-cao.docx”" in page.text
    assert "1 chỗ chữ ẩn: bỏ." in page.text
    assert CANARY not in page.text
    release = Release.objects.get()
    after = desk.post(door(release, "/brought/dismiss"), follow=True)
    assert "thong-cao.docx" not in after.text
    assert not Bringing.objects.exists()


def test_every_thing_left_out_has_a_sentence_in_both_languages() -> None:
    from django.utils.translation import override

    from loa.compose.views.brought import sentences
    from loa.lib.word_parts import REPORTED

    told = {}
    for language in ("vi", "en"):
        with override(language):
            told[language] = [list(sentences([{"what": what, "count": 2}])) for what in REPORTED]
    assert all(len(one) == 1 for one in told["vi"] + told["en"])
    assert not [one for one in told["en"] if re.search("[ạảãăâđêôơư]", one[0])]


def test_a_page_that_saves_takes_its_file_after_its_words(desk: Client, empty: Release, form: Form) -> None:
    """Nothing typed is lost: it is saved, and the file waits where both say something."""
    typed = form(empty, headline="Tiêu đề tự viết", brought=sent(plain()), bring="1")
    answer = desk.post(door(empty), typed)
    assert answer["Location"] == door(empty, "/brought")
    empty.refresh_from_db()
    assert (empty.headline, empty.lead) == ("Tiêu đề tự viết", "")
    page = desk.get(door(empty, "/brought"))
    assert "Tệp này thay những gì?" in page.text
    assert "đang trống" in page.text


def test_an_empty_draft_is_filled_at_once(desk: Client, empty: Release, form: Form) -> None:
    page = desk.post(door(empty), form(empty, brought=sent(plain()), bring="1"), follow=True)
    assert "Đã đọc tệp vào bản nháp." in page.text
    assert "Mọi chữ và ảnh trong tệp đều vào bài." in page.text
    empty.refresh_from_db()
    assert (empty.lead, empty.revision) == (made.LEAD, 3)


def test_only_what_was_chosen_takes_the_place_of_what_was_there(desk: Client, write: Write, form: Form) -> None:
    release = write()
    desk.post(door(release), form(release, brought=sent(with_pictures()), bring="1"))
    before = release.body_html
    release.refresh_from_db()
    assert release.body_html == before
    page = desk.get(door(release, "/brought"))
    assert "Xã viên gặt lúa. · Nông dân gặt lúa · Lê Minh<br>Kho lúa" in page.text
    chosen = {"names": ["headline", "pictures", "kind", "section"], "revision": release.revision}
    page = desk.post(door(release, "/brought"), chosen, follow=True)
    assert "Đã thay." in page.text
    kind = release.kind
    release.refresh_from_db()
    assert release.headline == "Sao Mai thu hoạch vụ lúa hữu cơ"
    assert (release.body_html, release.kind, len(release.pictures)) == (before, kind, 2)
    again = desk.post(door(release, "/brought"), {**chosen, "revision": release.revision})
    assert again["Location"] == door(release)
    assert len(Release.objects.get().pictures) == 2


def test_a_choice_made_over_somebody_elses_save_changes_nothing(desk: Client, write: Write, form: Form) -> None:
    release = write()
    desk.post(door(release), form(release, brought=sent(plain()), bring="1"))
    release.refresh_from_db()
    stale = release.revision
    desk.post(door(release), form(release, headline="Bình sửa"))
    page = desk.post(door(release, "/brought"), {"names": ["headline"], "revision": stale}, follow=True)
    assert "Có người vừa lưu bản này." in page.text
    assert Release.objects.get().headline == "Bình sửa"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.docx", b"PK hong", "tệp hỏng"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "lưu thành .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "lưu thành .docx"),
        ("a.pdf", b"%PDF-", "chỉ đọc được tệp Word"),
        ("bom.docx", plain(parts={"word/media/a.png": bytes(60_000_000)}), "nén nhiều hơn"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence_and_makes_no_draft(
    desk: Client, organization: Organization, name: str, data: bytes, sentence: str
) -> None:
    page = desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(data, name)}, follow=True)
    assert sentence in page.text
    assert not Release.objects.exists()


def test_no_file_is_a_sentence_and_what_was_typed_is_saved(desk: Client, empty: Release, form: Form) -> None:
    page = desk.post(door(empty), form(empty, headline="Giữ lại", bring="1"), follow=True)
    assert "Hãy chọn một tệp Word" in page.text
    assert Release.objects.get().headline == "Giữ lại"


def test_a_picture_nobody_can_open_is_reported(desk: Client, organization: Organization) -> None:
    data = plain(
        p(picture("i1", "Hỏng")), relations={"i1": ("image", "media/a.png")},
        parts={"word/media/a.png": made.png()[:60]},
    )  # fmt: skip
    page = desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(data)}, follow=True)
    assert "1 hình không đọc được" in page.text
    assert "<img" not in Release.objects.get().body_html


def test_markdown_and_plain_text_come_the_same_way(desk: Client, organization: Organization) -> None:
    for name, text in (
        ("a.md", f"# Tiêu đề\n\n{made.LEAD}\n\n{made.BODY}"),
        ("a.txt", f"Tiêu đề\n{made.LEAD}\n{made.BODY}"),
    ):
        desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(text.encode(), name)})
        release = Release.objects.latest("pk")
        assert (release.headline, release.lead, release.body_html) == ("Tiêu đề", made.LEAD, f"<p>{made.BODY}</p>")


def test_strangers_find_nothing_and_a_suspended_organization_takes_nothing(
    desk: Client, empty: Release, stranger: Person, moderator: Person, organization: Organization
) -> None:
    other = Client()
    other.force_login(stranger)
    for path in ("/brought", "/brought/dismiss"):
        assert other.post(door(empty, path)).status_code == 404
    assert other.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(plain())}).status_code == 404
    suspend(moderator, organization, reason="Chờ xác minh")
    page = desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(plain())}, follow=True)
    assert "đang tạm ngưng" in page.text
    assert Release.objects.count() == 1


def test_an_hour_has_an_end(desk: Client, empty: Release, form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.compose.views.brought.AN_HOUR", 0)
    page = desk.post(door(empty), form(empty, brought=sent(plain()), bring="1"), follow=True)
    assert "quá nhiều tệp trong một giờ" in page.text


def test_a_file_larger_than_twenty_megabytes_is_not_read(
    desk: Client, organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "MOST_BYTES", 100)
    page = desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(plain())}, follow=True)
    assert "lớn quá 20 MB" in page.text


def test_a_picture_within_the_text_is_not_shown_again_below_it(desk: Client, organization: Organization) -> None:
    desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(with_pictures())})
    release = Release.objects.get()
    page = desk.get(door(release, "/preview"))
    assert "sheet__gallery" not in page.text
    assert page.text.count('alt="Kho lúa"') == 1


def test_a_new_draft_is_in_the_language_of_its_file(desk: Client, organization: Organization) -> None:
    english = "The cooperative has harvested its first organic rice on the fields of its members, and it is to be sold."
    data = docx(p("Sao Mai harvests", style="Title"), p(english), p(english))
    desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(data)})
    assert Release.objects.get().language == "en"
