"""A page saves by itself, two writers lose nothing, and every text of the past can be seen and taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loa.accounts.models import Person
from loa.lib.clock import now
from loa.media.actions.take_in import take_in
from loa.organizations.models import Organization
from loa.releases import queries
from loa.releases.models import Presence, Release, Revision, Way
from tests.compose.conftest import Form
from tests.conftest import MakePerson, Write


@pytest.fixture
def draft(write: Write) -> Release:
    return write(lead="Sapo cũ")


@pytest.fixture
def binh(draft: Release, stranger: Person) -> Client:
    """A colleague at another machine."""
    draft.organization.memberships.create(person=stranger)
    client = Client()
    client.force_login(stranger)
    return client


def door(release: Release, act: str = "") -> str:
    return f"/desk/releases/{release.public_id}" + (f"/{act}" if act else "")


def test_a_page_saves_by_itself(desk: Client, draft: Release, form: Form) -> None:
    answer = desk.post(door(draft, "autosave"), form(draft, headline="Đang gõ", page="p1"))
    assert answer.status_code == 200
    said = answer.json()
    assert (said["revision"], said["unread"], said["theirs"], said["here"]) == (2, [], [], "")
    assert len(said["saved_at"]) == len("12:03:05")
    assert Release.objects.get().headline == "Đang gõ"
    assert queries.line(draft).first().way == Way.AUTOSAVED  # type: ignore[union-attr]


def test_what_cannot_be_kept_yet_is_named_and_the_rest_is_kept(desk: Client, draft: Release, form: Form) -> None:
    rows = {"quotes-TOTAL_FORMS": "1", "quotes-INITIAL_FORMS": "0", "quotes-0-text": "Chưa có người nói"}
    typed = form(draft, headline="Đang gõ", source_url="không phải địa chỉ", **rows)
    said = desk.post(door(draft, "autosave"), typed).json()
    assert said["unread"] == ["Địa chỉ nguồn", "Lời trích"]
    assert Release.objects.get().headline == "Đang gõ"


def test_a_row_saved_by_itself_is_there_after_the_button_too(desk: Client, draft: Release, form: Form) -> None:
    rows = {
        "quotes-TOTAL_FORMS": "1", "quotes-INITIAL_FORMS": "0", "quotes-0-id": "abc", "quotes-0-text": "Năm tấn.",
        "quotes-0-name": "Lê Văn Ba", "documents-TOTAL_FORMS": "1", "documents-INITIAL_FORMS": "0",
        "documents-0-number": "57-KL/TW",
    }  # fmt: skip
    typed = form(draft, page="p1", **rows)
    for act in ("autosave", "autosave", ""):
        desk.post(door(draft, act), typed)
        saved = Release.objects.get()
        assert [(row["id"], row["text"]) for row in saved.quotes] == [("abc", "Năm tấn.")]
        assert [row["number"] for row in saved.documents] == ["57-KL/TW"]
    assert saved.revision == 2


def test_nothing_is_looked_over_or_rendered(
    desk: Client, draft: Release, form: Form, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("loa.releases.preflight.release.look_over", refuse)
    monkeypatch.setattr("loa.releases.actions.publish.rendered", refuse)
    typed = form(draft, page="p1")
    desk.post(door(draft, "autosave"), {**typed, "lead": "Một"})
    with django_assert_max_num_queries(32):
        desk.post(door(draft, "autosave"), {**typed, "lead": "Hai"})


def test_without_a_session_it_says_so_and_takes_nothing(
    client: Client, draft: Release, form: Form, portal: Any
) -> None:
    answer = client.post(door(draft, "autosave"), form(draft, headline="Đang gõ"))
    assert (answer.status_code, Release.objects.get().headline) == (401, draft.headline)
    assert "Phiên làm việc đã hết" in answer.json()["sentence"]
    assert client.post(door(draft, "here")).status_code == 401


@pytest.mark.parametrize("act", ["autosave", "here", "history", "history/x", "merge/x"])
def test_a_stranger_finds_nothing(
    client: Client, draft: Release, portal: Any, make_person: MakePerson, act: str
) -> None:
    client.force_login(make_person("Cuong"))
    assert client.post(door(draft, act)).status_code in {404, 405}
    assert client.get(door(draft, act)).status_code in {404, 405}


def test_what_is_on_its_way_or_suspended_is_not_saved_by_itself(
    desk: Client, draft: Release, form: Form, organization: Organization
) -> None:
    typed = form(draft, headline="Muộn")
    Organization.objects.filter(pk=organization.pk).update(suspended_at=now())
    assert "tạm ngưng" in desk.post(door(draft, "autosave"), typed).json()["sentence"]
    Organization.objects.filter(pk=organization.pk).update(suspended_at=None)
    desk.post(door(draft, "submit"))
    assert "vừa được gửi đi" in desk.post(door(draft, "autosave"), typed).json()["sentence"]


def test_others_are_named_while_they_are_here(desk: Client, binh: Client, draft: Release, form: Form) -> None:
    page = desk.get(door(draft)).context["sheet"].text["page"].value()
    assert "An cũng đang mở bản này." in " ".join(binh.get(door(draft)).text.split())
    assert desk.post(door(draft, "here"), {"page": page}).json()["here"] == "Binh cũng đang mở bản này."
    Presence.objects.update(seen_at=now() - 2 * queries.HERE)
    assert desk.post(door(draft, "here"), {"page": page}).json()["here"] == ""


def test_fields_of_two_writers_come_together(desk: Client, binh: Client, draft: Release, form: Form) -> None:
    mine, theirs = form(draft, headline="Của An", page="a"), form(draft, lead="Của Bình", page="b")
    binh.post(door(draft, "autosave"), theirs)
    assert desk.post(door(draft, "autosave"), mine).json()["theirs"] == ["Đoạn mở đầu"]
    page = desk.post(door(draft), mine, follow=True)
    assert "ghép với phần đồng nghiệp vừa sửa: Đoạn mở đầu." in page.text
    saved = Release.objects.get()
    assert (saved.headline, saved.lead) == ("Của An", "Của Bình")


@pytest.fixture
def clash(desk: Client, binh: Client, draft: Release, form: Form) -> str:
    """The address where An chooses: both wrote the lead, An the headline too."""
    mine = form(draft, lead="Sapo của An viết", headline="Tiêu đề của An", page="a")
    binh.post(door(draft), form(draft, lead="Sapo của Bình viết", page="b"))
    return str(desk.post(door(draft), mine)["Location"])


def test_two_texts_of_one_field_are_shown_word_by_word(desk: Client, clash: str, draft: Release) -> None:
    page = desk.get(clash)
    assert "Vào bài ngay, từ bản giữ riêng: Tiêu đề." in " ".join(page.text.split())
    text = page.context["form"].rows[0]["one"]
    assert [kind for kind, _words in text.mine] == ["same", "added", "same"]
    assert [kind for kind, _words in text.theirs] == ["same", "removed", "same"]
    assert Release.objects.get().lead == "Sapo của Bình viết"


@pytest.mark.parametrize(
    ("choice", "expected"), [("mine", "Sapo của An viết"), ("theirs", "Sapo của Bình viết"), ("text", "Cả hai viết")]
)
def test_a_choice_is_saved(desk: Client, clash: str, draft: Release, choice: str, expected: str) -> None:
    sent = {"revision": 2, "choice-lead": choice, "text-lead": "Cả hai viết"}
    page = desk.post(clash, sent, follow=True)
    assert "Đã ghép hai bản và lưu." in page.text
    saved = Release.objects.get()
    assert (saved.lead, saved.headline) == (expected, "Tiêu đề của An")
    assert "Hai bản này đã được ghép." in desk.get(clash, follow=True).text


def test_choosing_nothing_saves_nothing(desk: Client, clash: str) -> None:
    page = desk.post(clash, {"revision": 2})
    assert page.status_code == 400
    assert "Hãy chọn một bản." in page.text


def test_choosing_waits_where_somebody_saved_meanwhile(
    desk: Client, binh: Client, clash: str, draft: Release, form: Form
) -> None:
    binh.post(door(draft), form(draft, lead="Bình sửa lần hai", page="c"))
    page = desk.post(clash, {"revision": 2, "choice-lead": "mine"})
    assert page.status_code == 409
    assert page.context["form"]["revision"].value() == "3"
    assert desk.post(clash, {"revision": 3, "choice-lead": "mine"}).status_code == 302
    assert Release.objects.get().lead == "Sapo của An viết"


def test_what_waits_for_a_choice_is_told_on_the_page(desk: Client, clash: str, draft: Release) -> None:
    assert f'href="{clash}"' in desk.get(door(draft)).text
    assert f'href="{clash}"' in desk.get(door(draft, "history")).text


def test_an_open_page_hears_where_to_choose(desk: Client, binh: Client, draft: Release, form: Form) -> None:
    mine = form(draft, lead="Của An", page="a")
    binh.post(door(draft), form(draft, lead="Của Bình", page="b"))
    answer = desk.post(door(draft, "autosave"), mine)
    assert answer.status_code == 409
    assert desk.get(answer.json()["url"]).status_code == 200


def test_the_history_tells_who_when_and_what(desk: Client, binh: Client, draft: Release, form: Form) -> None:
    desk.post(door(draft), form(draft, headline="Mới", section=""))
    binh.post(door(draft), form(draft, lead="Bình viết", section=""))
    page = desk.get(door(draft, "history"))
    rows = page.context["rows"]
    assert [(one.row.person.name, one.changed) for one in rows] == [
        ("Binh", ["Đoạn mở đầu"]), ("An", ["Tiêu đề", "Chuyên mục"]), ("An", []),
    ]  # fmt: skip
    ends = {"from": rows[2].row.public_id, "to": rows[0].row.public_id}
    compared = desk.get(door(draft, "history"), ends)
    assert [part.name for part in compared.context["pair"].parts] == ["headline", "lead", "section"]
    assert "Bình viết" in compared.text


def test_an_old_text_is_taken_back_with_a_button(desk: Client, draft: Release, form: Form) -> None:
    desk.post(door(draft), form(draft, headline="Mới"))
    first = queries.line(draft).get(number=1)
    page = desk.get(door(draft, f"history/{first.public_id}"))
    assert [part.name for part in page.context["parts"]] == ["headline"]
    assert desk.post(door(draft, f"history/{first.public_id}"), {"revision": "1"}, follow=True).status_code == 200
    assert Release.objects.get().headline == "Mới"
    desk.post(door(draft, f"history/{first.public_id}"), {"revision": "2"})
    assert Release.objects.get().headline == draft.headline
    assert "Đây là bản đang có." in desk.get(door(draft, f"history/{queries.line(draft)[0].public_id}")).text


def test_what_was_sent_off_is_only_looked_at(desk: Client, draft: Release, form: Form) -> None:
    desk.post(door(draft), form(draft, headline="Mới"))
    desk.post(door(draft, "submit"))
    first = queries.line(draft).get(number=1)
    assert "không lấy lại bản cũ được" in desk.post(door(draft, f"history/{first.public_id}"), {"revision": "2"}).text
    assert "đã đăng" in desk.get(door(draft, "history")).text


def test_a_history_from_before_there_was_one_says_so(desk: Client, draft: Release) -> None:
    Revision.objects.all().delete()
    assert "Chưa có lần lưu nào" in desk.get(door(draft, "history")).text


def test_a_translation_has_a_history_of_its_own(desk: Client, draft: Release) -> None:
    typed = {"revision": 0, "headline": "First", "body_html": "<p>Text</p>"}
    assert desk.post(door(draft, "translations/en"), typed).status_code == 302
    page = desk.get(door(draft, "history"), {"language": "en"})
    row = page.context["rows"][0].row
    assert (row.language, row.person.name) == ("en", "An")
    assert desk.get(door(draft, f"history/{row.public_id}")).status_code == 200


def test_a_removed_row_is_brought_back_by_a_link(desk: Client, draft: Release, form: Form) -> None:
    rows = {
        "quotes-TOTAL_FORMS": "1", "quotes-INITIAL_FORMS": "0", "quotes-0-id": "abc", "quotes-0-text": "Năm tấn.",
        "quotes-0-name": "Lê Văn Ba",
    }  # fmt: skip
    desk.post(door(draft), form(draft, page="a", **rows))
    gone = form(draft, page="b", headline="Mới", **rows | {"quotes-0-DELETE": "on"})
    desk.post(door(draft, "autosave"), gone)  # the page saved by itself before the button was pressed
    page = desk.post(door(draft), gone, follow=True)
    assert Release.objects.get().quotes == []
    assert "Đã bỏ khỏi bài: Trích lời." in page.text
    address = page.text.partition('Trích lời. <a href="')[2].partition('"')[0]
    shown = desk.get(address)
    assert [part.name for part in shown.context["parts"]] == ["quotes"]
    desk.post(address, {"revision": Release.objects.get().revision})
    saved = Release.objects.get()
    assert ([row["text"] for row in saved.quotes], saved.headline) == (["Năm tấn."], "Mới")


def test_a_file_brought_beside_a_text_in_dispute_is_said_to_wait(
    desk: Client, binh: Client, draft: Release, form: Form
) -> None:
    typed = form(draft, lead="Của An", page="a")
    binh.post(door(draft), form(draft, lead="Của Bình", page="b"))
    file = SimpleUploadedFile("bai.txt", "Một tiêu đề\n\nMột đoạn văn.".encode())
    page = desk.post(door(draft), typed | {"brought": file}, follow=True)
    assert "Tệp “bai.txt” chưa được lấy vào bài." in page.text
    assert "Ghép hai bản" in page.text


def test_a_page_saving_by_itself_asks_no_more_for_more_pictures(
    desk: Client, draft: Release, form: Form, photo: Callable[..., SimpleUploadedFile]
) -> None:
    owner, colours = f"organization:{draft.organization_id}", ("red", "green", "blue", "white", "black", "gold")
    pictures = [take_in(photo(colour=colour).read(), owner_key=owner).shown() for colour in colours]
    counts = []
    for many in (1, 6):
        Release.objects.update(pictures=pictures[:many])
        draft.refresh_from_db()
        desk.post(door(draft, "autosave"), form(draft, headline=f"Lần đầu {many}", page=f"p{many}"))
        draft.refresh_from_db()
        with CaptureQueriesContext(connection) as asked:
            desk.post(door(draft, "autosave"), form(draft, headline=f"Có {many} ảnh", page=f"p{many}"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
