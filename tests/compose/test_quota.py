"""A full library says so at every door that takes a file, and what was typed stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loa.media import queries
from loa.media.actions.attach import attach
from loa.media.actions.describe_video import describe_video
from loa.media.actions.set_quota import set_quota
from loa.media.actions.take_in import take_in
from loa.media.actions.take_in_video import link_video
from loa.media.models import Picture, Quota
from loa.organizations.models import Organization, Spokesperson
from loa.releases.actions.save import save
from loa.releases.models import Release
from tests.compose.conftest import Form
from tests.compose.test_brought import sent, with_pictures
from tests.compose.test_library import PDF, make_mp4
from tests.conftest import Write
from tests.media.test_quota import OPERATOR, pdf

Photo = Callable[..., SimpleUploadedFile]
FULL = "Thư viện đã đầy: dùng 1 kB, được phép 1 kB. Hãy xóa bớt tệp không dùng trong thư viện, hoặc nhờ ban biên tập"


@pytest.fixture
def full(organization: Organization) -> str:
    """An organization whose library is full to the byte; answers the key of its files."""
    key = f"organization:{organization.pk}"
    attach(pdf("Báo cáo"), owner_key=key)
    set_quota(OPERATOR, key, most=1000)
    return key


def test_the_library_says_it_of_every_file(desk: Client, organization: Organization, full: str, photo: Photo) -> None:
    address = f"/desk/o/{organization.slug}/media/upload"
    files = [photo(), SimpleUploadedFile("phim.mp4", make_mp4()), SimpleUploadedFile("a.pdf", PDF)]
    answer = desk.post(address, {"uploads": files}, headers={"Accept": "application/json"}).json()["files"]
    assert [one["is_kept"] for one in answer] == [False] * 3
    for one, name in zip(answer, ("lua.jpg", "phim.mp4", "a.pdf"), strict=True):
        assert plain(one["sentence"]).startswith(f"{name}: {FULL}")
    page = desk.post(address, {"uploads": [photo()]}, follow=True)
    assert FULL in plain(page.text)
    assert queries.storage_of(full).used == 1000


def test_it_shows_how_full_it_is(desk: Client, organization: Organization, full: str) -> None:
    page = plain(desk.get(f"/desk/o/{organization.slug}/media").text)
    assert '<progress max="100" value="100"' in page
    assert "Đã dùng 1 kB trên 1 kB" in page
    assert "Đã hết chỗ" in page
    Quota.objects.update(most=1100)
    assert "Sắp hết chỗ" in desk.get(f"/desk/o/{organization.slug}/media").text
    Quota.objects.update(most=2_000_000)
    page = plain(desk.get(f"/desk/o/{organization.slug}/media").text)
    assert "Đã dùng 1 kB trên 2 MB" in page
    assert "Sắp hết chỗ" not in page
    Quota.objects.update(most=0)
    assert "<progress" not in desk.get(f"/desk/o/{organization.slug}/media").text
    assert "1 kB of 2 MB" in english(desk, organization)


def plain(text: str) -> str:
    """The same with spaces that break."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def english(desk: Client, organization: Organization) -> str:
    Quota.objects.update(most=2_000_000)
    return plain(desk.get(f"/en/desk/o/{organization.slug}/media").text)


def test_a_picture_beside_a_text_is_refused_and_the_text_stays(
    desk: Client, write: Write, form: Form, full: str, photo: Photo
) -> None:
    release = write()
    address = f"/desk/releases/{release.public_id}"
    page = desk.post(address, form(release, headline="Vừa gõ", **{"new-file": photo()}))
    assert page.status_code == 400
    assert f"lua.jpg: {FULL}" in plain(page.text)
    assert 'value="Vừa gõ"' in plain(page.text)
    desk.post(address, form(release, headline="Vừa gõ"))
    assert Release.objects.get().headline == "Vừa gõ"


def test_a_correction_says_it_too(
    desk: Client, put_out: Callable[..., Any], form: Form, full: str, photo: Photo
) -> None:
    put_out()
    release = Release.objects.get()
    typed = form(release, lead="Sapo đính chính", reason="Sai số", **{"new-file": photo()})
    page = desk.post(f"/desk/releases/{release.public_id}/correct", typed)
    assert page.status_code == 400
    assert FULL in plain(page.text)
    assert "Sapo đính chính" in plain(page.text)


def test_the_words_of_a_file_come_in_and_its_pictures_are_said_to_stay_out(
    desk: Client, organization: Organization, full: str
) -> None:
    page = desk.post(f"/desk/o/{organization.slug}/bring", {"brought": sent(with_pictures())}, follow=True)
    release = Release.objects.get()
    assert release.headline == "Sao Mai thu hoạch vụ lúa hữu cơ"
    assert release.pictures == []
    assert "<img" not in release.body_html
    assert "2 hình không còn chỗ nên chưa vào: thư viện đã dùng 1 kB, được phép 1 kB. Hãy xóa" in plain(page.text)
    assert "không đọc được" not in plain(page.text)


def test_a_logo_and_a_portrait_are_refused_and_what_was_typed_stays(
    desk: Client, organization: Organization, full: str, photo: Photo
) -> None:
    page = desk.post(f"/desk/o/{organization.slug}/profile", {"profile": "Trồng lúa.", "logo": photo()})
    assert page.status_code == 400
    assert FULL in plain(page.text)
    assert "Trồng lúa." in plain(page.text)
    typed = {"name": "Lê Thị Hoa", "role": "Giám đốc", "portrait": photo()}
    page = desk.post(f"/desk/o/{organization.slug}/people", typed)
    assert page.status_code == 400
    assert FULL in plain(page.text)
    assert 'value="Lê Thị Hoa"' in plain(page.text)
    assert not Spokesperson.objects.exists()
    organization.refresh_from_db()
    assert organization.logo == ""


def test_a_poster_is_refused(desk: Client, organization: Organization, full: str, photo: Photo) -> None:
    video = link_video("https://youtu.be/dQw4w9WgXcQ", owner_key=full, title="Phim")
    typed = {"title": "Phim mới", "poster": photo()}
    page = desk.post(f"/desk/o/{organization.slug}/media/{video.public_id}", typed)
    assert page.status_code == 400
    assert FULL in plain(page.text)
    assert 'value="Phim mới"' in plain(page.text)


def test_room_made_is_room(desk: Client, organization: Organization, full: str, photo: Photo, write: Write) -> None:
    save(write(), fields={"lead": "Không dùng tệp nào"}, expected_revision=1)
    file = queries.attachments_of(full).get()
    Quota.objects.update(most=5_000_000)
    desk.post(f"/desk/o/{organization.slug}/media/{file.public_id}/delete")
    desk.post(f"/desk/o/{organization.slug}/media/upload", {"uploads": [photo()]})
    assert Picture.objects.get().owner_key == full


def test_files_that_are_used_nowhere_are_found_and_thrown_away(
    desk: Client, write: Write, organization: Organization, photo: Photo
) -> None:
    key, library = f"organization:{organization.pk}", f"/desk/o/{organization.slug}/media"
    used, poster, large, small = (
        take_in(photo(colour=colour, size=size).read(), owner_key=key)
        for colour, size in (("red", (640, 480)), ("blue", (640, 480)), ("gold", (900, 700)), ("white", (300, 200)))
    )
    video = link_video("https://youtu.be/dQw4w9WgXcQ", owner_key=key, title="Phim")
    describe_video(video, title="Phim", poster=poster)
    attach(PDF, owner_key=key)
    save(write(), fields={"pictures": [used.shown()], "videos": [video.shown()]}, expected_revision=1)
    page = desk.get(f"{library}?unused=1")
    assert list(page.context["pictures"]) == [large, small]
    assert list(page.context["videos"]) == []
    assert page.context["attachments"].count() == 1
    answer = desk.post(f"{library}/{large.public_id}/delete", {"unused": "1"})
    assert answer["Location"] == f"{library}?unused=1"
    assert list(desk.get(answer["Location"]).context["pictures"]) == [small]
    assert 'name="unused" value="1"' in desk.get(f"{library}/{small.public_id}?unused=1").text
    assert desk.get(library).context["page"].paginator.count == 3
