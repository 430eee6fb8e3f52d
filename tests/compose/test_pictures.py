"""Pictures of a release: sent once, they are there; nobody's words about another are lost."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.compose.forms.pictures import SAID
from loa.media.actions.take_in import take_in
from loa.media.models import Picture
from loa.organizations.models import Organization
from loa.releases import queries
from loa.releases.models import Release
from tests.compose.conftest import Form
from tests.conftest import Write

Photo = Callable[..., SimpleUploadedFile]
WORDS = {"new-alt": "Ruộng lúa", "new-caption": "Vụ đầu", "new-credit": "Sao Mai"}


@pytest.fixture
def draft(write: Write) -> Release:
    return write()


def door(release: Release) -> str:
    return f"/desk/releases/{release.public_id}"


def words_on(page: Any, **changes: Any) -> dict[str, Any]:
    """Return what the browser would send about the pictures on a page."""
    sent: dict[str, Any] = {}
    for one in (row.form for row in page.context["sheet"].pictures.rows):
        sent |= {one.add_prefix(name): changes.get(name, one[name].value() or "") for name in SAID}
        sent |= {one.add_prefix("is_removed"): "on"} if changes.get("is_removed") else {}
    return sent


def pictures() -> list[dict[str, Any]]:
    return Release.objects.get().pictures


def test_one_comes_in_with_its_words(desk: Client, draft: Release, form: Form, photo: Photo) -> None:
    desk.post(door(draft), form(draft, **{"new-file": photo(), **WORDS}))
    picture = pictures()[0]
    said = {name: picture[name] for name in ("width", "height", *SAID)}
    assert said == {"width": 640, "height": 480, "alt": "Ruộng lúa", "caption": "Vụ đầu", "credit": "Sao Mai"}
    shown = desk.get(picture["url"])
    assert shown.getvalue()[:2] == b"\xff\xd8"
    assert picture["bytes"] == Picture.objects.get().size == len(desk.get(picture["url"]).getvalue())
    assert picture["url"] in desk.get(door(draft)).text


def test_its_words_change_and_it_is_taken_off(desk: Client, draft: Release, form: Form, photo: Photo) -> None:
    desk.post(door(draft), form(draft, **{"new-file": photo(), **WORDS}))
    desk.post(door(draft), form(draft, **words_on(desk.get(door(draft)), alt="Ruộng lúa chín")))
    assert pictures()[0]["alt"] == "Ruộng lúa chín"
    desk.post(door(draft), form(draft, **words_on(desk.get(door(draft)), is_removed=True)))
    assert pictures() == []


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(desk: Client, draft: Release, form: Form) -> None:
    broken = {"new-file": SimpleUploadedFile("a.jpg", b"x")}
    page = desk.post(door(draft), form(draft, headline="Tiêu đề mới", **broken))
    assert page.status_code == 400
    assert "Tệp này không phải ảnh đọc được" in page.text
    assert "Tiêu đề mới" in page.text
    assert pictures() == []


def test_no_more_files_are_opened_in_an_hour_than_the_library_takes(
    desk: Client, draft: Release, form: Form, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.compose.forms.pictures.AN_HOUR", 1)
    for colour in ("green", "red"):
        page = desk.post(door(draft), form(draft, **{"new-file": photo(colour=colour)}))
        draft.refresh_from_db()
    assert "Tổ chức đã gửi quá nhiều tệp" in page.text
    assert Picture.objects.count() == 1


def test_one_sent_with_a_page_that_comes_back_need_not_be_sent_again(
    desk: Client, draft: Release, form: Form, photo: Photo
) -> None:
    page = desk.post(door(draft), form(draft, source_url="sai", **{"new-file": photo(), **WORDS}))
    assert page.status_code == 400
    assert pictures() == []
    held = Picture.objects.get()
    assert held.public_id in page.text
    again = {**WORDS, "new-kept": page.context["sheet"].new["kept"].value()}
    desk.post(door(draft), form(draft, **again))
    assert [(one["url"], one["alt"]) for one in pictures()] == [(held.get_absolute_url(), "Ruộng lúa")]


def test_a_picture_of_somebody_else_is_not_ours_to_show(desk: Client, draft: Release, form: Form) -> None:
    theirs = Picture.objects.create(owner_key="organization:0", digest="x", format="webp", width=1, height=1, size=1)
    desk.post(door(draft), form(draft, **{"new-kept": theirs.public_id, **WORDS}))
    assert pictures() == []


def test_words_about_no_picture_are_not_taken_for_saved(desk: Client, draft: Release, form: Form) -> None:
    page = desk.post(door(draft), form(draft, **WORDS))
    assert page.status_code == 400
    assert "Hãy chọn tệp ảnh cho những lời này" in page.text
    assert "Ruộng lúa" in page.text


def test_the_same_photograph_twice_stands_once(desk: Client, draft: Release, form: Form, photo: Photo) -> None:
    for alt in ("Một", "Hai"):
        page = desk.get(door(draft))
        desk.post(door(draft), form(draft, **words_on(page), **{**WORDS, "new-file": photo(), "new-alt": alt}))
    assert [one["alt"] for one in pictures()] == ["Hai"]


def test_one_added_by_a_colleague_meanwhile_keeps_its_words(
    desk: Client, draft: Release, form: Form, photo: Photo
) -> None:
    desk.post(door(draft), form(draft, **{"new-file": photo(), **WORDS}))
    first = pictures()[0]["url"]
    mine = form(draft, **words_on(desk.get(door(draft)), alt="Lời của tôi"))
    colleague = {"new-file": photo(colour="red"), **WORDS, "new-alt": "Ảnh của Bình"}
    desk.post(door(draft), form(draft, **words_on(desk.get(door(draft)), is_removed=True), **colleague))
    shown = {"pictures-sent": "1", "add": PurePosixPath(first).stem}
    assert "/merge/" in desk.post(door(draft), {**mine, **shown})["Location"]
    assert [one["alt"] for one in pictures()] == ["Ảnh của Bình"]
    assert [one["alt"] for one in queries.set_aside(draft).get().fields["pictures"]] == ["Lời của tôi"]


def test_a_picture_is_kept_once_for_its_organization(
    desk: Client, draft: Release, form: Form, photo: Photo, organization: Organization
) -> None:
    desk.post(door(draft), form(draft, **{"new-file": photo(), **WORDS}))
    assert Picture.objects.get().owner_key == f"organization:{organization.pk}"


def test_pictures_chosen_one_by_one_while_the_page_saves_by_itself_all_stay(
    desk: Client, draft: Release, form: Form, photo: Photo
) -> None:
    for colour in ("red", "green", "blue"):
        take_in(photo(colour=colour).read(), owner_key=f"organization:{draft.organization_id}")
    ids = list(Picture.objects.order_by("pk").values_list("public_id", flat=True))
    page = {"pictures-sent": "1", "page": "p1"}
    for chosen in range(1, 4):
        desk.post(f"{door(draft)}/autosave", form(draft, **page, add=ids[:chosen]))
    desk.post(door(draft), form(draft, **page, add=ids))
    assert [PurePosixPath(one["url"]).stem for one in pictures()] == ids
