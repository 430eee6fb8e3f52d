"""The library of an organization: send, find, describe, choose, throw away."""

import struct
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loa.accounts.models import Person
from loa.compose.forms.pictures import OFFERED
from loa.media.actions.attach import attach
from loa.media.models import Attachment, Picture, Video
from loa.organizations.models import Organization
from loa.releases.models import Release
from tests.compose.conftest import Form
from tests.conftest import Write

Photo = Callable[..., SimpleUploadedFile]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def make_mp4(place: bytes = b"+10.77+106.70/") -> bytes:
    """Return the bones of a film of 12 seconds, 640 × 360, that says where it was taken."""
    header = box(b"mvhd", b"\0" * 12 + struct.pack(">II", 1000, 12_000) + b"\0" * 80)
    track = box(b"trak", box(b"tkhd", b"\0" * 76 + struct.pack(">II", 640 << 16, 360 << 16)))
    where = box(b"udta", box(b"\xa9xyz", place))
    return box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", header + track + where) + box(b"mdat", b"\0" * 64)


@pytest.fixture
def library(desk: Client, organization: Organization) -> str:
    """Return the address of the library."""
    return f"/desk/o/{organization.slug}/media"


def send(desk: Client, library: str, *files: Any, is_script: bool = True, **more: str) -> Any:
    headers = {"Accept": "application/json"} if is_script else {}
    answer = desk.post(f"{library}/upload", {"uploads": list(files), **more}, headers=headers)
    return answer.json()["files"] if is_script else answer


def test_many_are_sent_at_once_and_each_is_answered_in_a_sentence(desk: Client, library: str, photo: Photo) -> None:
    files = [
        photo(), photo(name="lai.jpg"), SimpleUploadedFile("a.jpg", b"x"), SimpleUploadedFile("bc.pdf", PDF),
        SimpleUploadedFile("phim.mp4", make_mp4()),
    ]  # fmt: skip
    answers = send(desk, library, *files)
    assert [(one["kind"], one["is_kept"]) for one in answers] == [
        ("picture", True), ("picture", True), ("", False), ("attachment", True), ("video", True),
    ]  # fmt: skip
    assert answers[1]["sentence"] == "lai.jpg: ảnh này đã có trong thư viện."
    assert answers[2]["sentence"].startswith("a.jpg: Tệp này không phải ảnh đọc được.")
    page = desk.get(library).text
    for file in (Picture.objects.get(), Video.objects.get(), Attachment.objects.get()):
        assert f"{library}/{file.public_id}" in page
        assert desk.get(f"{library}/{file.public_id}").status_code == 200


def test_without_scripts_the_page_comes_back_with_the_sentences(desk: Client, library: str, photo: Photo) -> None:
    answer = send(desk, library, photo(), SimpleUploadedFile("a.jpg", b"x"), is_script=False)
    assert answer.status_code == 302
    page = desk.get(library).text
    assert "lua.jpg: đã nhận." in page
    assert "a.jpg: Tệp này không phải ảnh" in page


def test_a_film_has_its_size_and_length_and_no_longer_its_place(desk: Client, library: str) -> None:
    send(desk, library, SimpleUploadedFile("phim.mp4", make_mp4()))
    video = Video.objects.get()
    assert (video.format, video.width, video.height, video.seconds) == ("mp4", 640, 360, 12)
    kept = desk.get(video.get_absolute_url())
    assert b"106.70" not in kept.getvalue()
    assert kept["Content-Type"] == "video/mp4"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.mp4", make_mp4()[:200]), ("a.mp4", box(b"ftyp", b"heic\0\0\0\0")), ("a.mp4", box(b"ftyp", b"qt  \0\0\0\0")),
        ("a.webm", b"\x1a\x45\xdf\xa3\x84webm"), ("a.webm", b"\x1a\x45\xdf\xa3" + b"\xff" * 40), ("a.pdf", b"%PDF-1.7"),
        ("a.exe", b"MZ" + b"\0" * 80), ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.html", b"<script>"), ("a.jpg", b""),
    ],
)  # fmt: skip
def test_what_is_none_of_them_is_refused(desk: Client, library: str, name: str, data: bytes) -> None:
    answers = send(desk, library, SimpleUploadedFile(name, data))
    assert [one["is_kept"] for one in answers] == [False]
    assert answers[0]["sentence"].startswith(name)
    assert not (Picture.objects.exists() or Video.objects.exists() or Attachment.objects.exists())


WEBM = bytes.fromhex(
    "1a45dfa3 87 4282 84 7765626d  18538067 b6  1654ae6b 8c ae8a e088 b082 0280 ba82 0168  1f43b675 a0"
)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.webm", WEBM + b"\0" * 10, "Video này thiếu phần cuối"),
        ("a.mp4", make_mp4()[:-9], "Video này thiếu phần cuối"),
        ("a.mov", box(b"ftyp", b"qt  \0\0\0\0"), "Video này không mở được. Hãy gửi MP4"),
        ("a.avi", b"RIFF\0\0\0\0AVI LIST" + b"\0" * 80, "Video này không mở được. Hãy gửi MP4"),
        ("a.wmv", bytes.fromhex("3026b2758e66cf11") + b"\0" * 80, "Video này không mở được. Hãy gửi MP4"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 80, "Tệp này không phải ảnh đọc được. Thư viện nhận ảnh"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 20_000_100, "Tệp này không phải ảnh đọc được. Thư viện nhận ảnh"),
        ("a.jpg", b"\xff\xd8\xff" + b"\0" * 20_000_100, "Ảnh lớn quá 20 MB."), ("a.mp4", b"", "Tệp này trống."),
    ],
)  # fmt: skip
def test_why_a_file_is_refused_is_said_of_what_it_is(
    desk: Client, library: str, name: str, data: bytes, sentence: str
) -> None:
    (answer,) = send(desk, library, SimpleUploadedFile(name, data))
    assert answer["sentence"].startswith(f"{name}: {sentence}")


def test_a_whole_webm_is_kept(desk: Client, library: str) -> None:
    send(desk, library, SimpleUploadedFile("phim.webm", WEBM + b"\0" * 32))
    video = Video.objects.get()
    assert (video.format, video.width, video.height) == ("webm", 640, 360)


def test_strangers_find_no_library_and_send_nothing(
    client: Client, stranger: Person, organization: Organization, photo: Photo
) -> None:
    library = f"/desk/o/{organization.slug}/media"
    assert client.post(f"{library}/upload", {"uploads": [photo()]}).status_code == 403
    client.force_login(stranger)
    for path in (library, f"{library}/{'a' * 26}"):
        assert client.get(path).status_code == 404
    assert client.post(f"{library}/upload", {"uploads": [photo()]}).status_code == 404
    assert not Picture.objects.exists()


def test_a_form_from_elsewhere_sends_nothing(an: Person, library: str, photo: Photo) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(an)
    assert strict.post(f"{library}/upload", {"uploads": [photo()]}).status_code == 403
    assert not Picture.objects.exists()


def test_words_are_kept_found_and_shown(desk: Client, library: str, photo: Photo) -> None:
    send(desk, library, photo(), photo(name="khac.jpg", colour="red"))
    picture = Picture.objects.get(name="lua.jpg")
    words = {
        "alt": "Ruộng lúa chín", "caption": "Vụ đầu", "credit": "Ảnh: Sao Mai", "creator": "Nguyễn Lan",
        "licence": "https://creativecommons.org/licenses/by/4.0/", "is_ai": "on", "focal": "83,17",
        "focal_x": "50", "focal_y": "50",
    }  # fmt: skip
    assert desk.post(f"{library}/{picture.public_id}", words).status_code == 302
    picture.refresh_from_db()
    assert (picture.alt, picture.is_ai, picture.focal_x, picture.focal_y) == ("Ruộng lúa chín", True, 83, 17)
    desk.post(f"{library}/{picture.public_id}", {**words, "focal_x": "31", "focal_y": "64"})
    picture.refresh_from_db()
    assert (picture.focal_x, picture.focal_y) == (31, 64)
    assert desk.get(f"{library}?q=ruong+lua").context["pictures"][0] == picture
    assert "Ảnh: Sao Mai".encode() in desk.get(picture.get_absolute_url()).getvalue()


def test_what_a_release_shows_is_said_and_cannot_be_thrown_away(
    desk: Client, library: str, photo: Photo, write: Write, form: Form
) -> None:
    draft = write()
    send(desk, library, photo(), photo(name="khac.jpg", colour="red"))
    used, unused = Picture.objects.get(name="lua.jpg"), Picture.objects.get(name="khac.jpg")
    desk.post(f"/desk/releases/{draft.public_id}", form(draft, add=[used.public_id]))
    assert [one["url"] for one in Release.objects.get().pictures] == [used.get_absolute_url()]
    assert draft.headline in desk.get(f"{library}/{used.public_id}").text
    for picture in (used, unused):
        desk.post(f"{library}/{picture.public_id}/delete")
    assert Picture.objects.get() == used


def test_pictures_of_a_release_come_from_the_library_and_stand_in_order(
    desk: Client, library: str, photo: Photo, write: Write, form: Form
) -> None:
    draft = write()
    colours = ("red", "green", "blue")
    send(desk, library, *(photo(name=f"{colour}.jpg", colour=colour) for colour in colours))
    ids = [Picture.objects.get(name=f"{colour}.jpg").public_id for colour in colours]
    page = desk.get(f"/desk/releases/{draft.public_id}").text
    assert all(f'value="{one}"' in page for one in ids)
    asked = {f"picture-{one}-{name}": value for one, place in zip(ids, (3, 1, 2), strict=True)
             for name, value in (("alt", "Lúa"), ("credit", "Lan"), ("caption", ""), ("position", place))}  # fmt: skip
    desk.post(f"/desk/releases/{draft.public_id}", form(draft, add=ids, **asked))
    assert [one["url"][7:33] for one in Release.objects.get().pictures] == [ids[1], ids[2], ids[0]]
    assert {one.credit for one in Picture.objects.all()} == {"Lan"}


def test_somebody_elses_picture_is_not_added(desk: Client, write: Write, form: Form) -> None:
    draft = write()
    theirs = Picture.objects.create(owner_key="organization:0", digest="x", format="jpg", width=1, height=1, size=1)
    desk.post(f"/desk/releases/{draft.public_id}", form(draft, add=[theirs.public_id]))
    assert Release.objects.get().pictures == []


def test_several_files_come_with_the_page_and_say_who_made_them(
    desk: Client, write: Write, form: Form, photo: Photo
) -> None:
    draft = write()
    files = [photo(), photo(name="b.jpg", colour="red")]
    sent = form(draft, **{"new-file": files, "new-alt": "Ảnh đầu", "new-credit": "Sao Mai"})
    desk.post(f"/desk/releases/{draft.public_id}", sent)
    said = [(one["alt"], one["credit"]) for one in Release.objects.get().pictures]
    assert said == [("Ảnh đầu", "Sao Mai"), ("", "Sao Mai")]


def test_a_script_gets_the_piece_of_page_for_a_release(desk: Client, library: str, photo: Photo) -> None:
    (answer,) = send(desk, library, photo(), **{"for": "release"})
    public_id = Picture.objects.get().public_id
    assert f'name="add" value="{public_id}"' in answer["html"]
    assert f'name="picture-{public_id}-alt"' in answer["html"]


def test_videos_and_documents_are_chosen_and_shown(
    desk: Client, library: str, write: Write, form: Form, put_out: Any
) -> None:
    draft = write()
    send(desk, library, SimpleUploadedFile("phim.mp4", make_mp4()), SimpleUploadedFile("bc.pdf", PDF))
    desk.post(f"{library}/link", {"address": "https://youtu.be/dQw4w9WgXcQ", "title": "Phim ngắn"})
    ours, theirs = Video.objects.get(provider=""), Video.objects.get(provider="youtube")
    sent = {
        "videos-sent": "1", "videos": [theirs.public_id, ours.public_id], "attachments-sent": "1",
        "attachments": [Attachment.objects.get().public_id],
    }  # fmt: skip
    desk.post(f"/desk/releases/{draft.public_id}", form(draft, **sent))
    release = Release.objects.get()
    assert [one.get("id", one["file"]) for one in release.videos] == ["dQw4w9WgXcQ", ours.public_id]
    assert release.attachments[0]["bytes"] == len(PDF)
    desk.post(f"/desk/releases/{draft.public_id}/submit")
    entry = Release.objects.get().entry
    assert entry is not None
    page = Client().get(f"/r/{entry.public_id}/x", follow=True)
    assert 'data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ' in page.text
    assert "<iframe" not in page.text
    assert "frame-src https://www.youtube-nocookie.com" in page["Content-Security-Policy"]
    assert f'<source src="{ours.get_absolute_url()}" type="video/mp4">' in page.text
    document = Client().get(Attachment.objects.get().get_absolute_url())
    assert document["Content-Disposition"] == 'attachment; filename="bc.pdf"'
    assert "frame-src" not in Client().get("/")["Content-Security-Policy"]


def test_a_document_older_than_those_offered_stays_whatever_is_saved(
    desk: Client, organization: Organization, write: Write, form: Form
) -> None:
    owner = f"organization:{organization.pk}"
    document = attach(PDF, owner_key=owner, name="cu.pdf")
    elsewhere = {"file": "", "title": "Từ trang cũ", "url": "https://cu.example/a.pdf"}
    draft = write(attachments=[document.shown(), elsewhere])
    for number in range(OFFERED + 1):
        attach(PDF.replace(b"<<>>", b"<<%d>>" % number), owner_key=owner, name=f"moi{number}.pdf")
    path = f"/desk/releases/{draft.public_id}"
    page = desk.get(path)
    assert f'value="{document.public_id}" checked' in page.text
    sent = {"attachments-sent": "1", "attachments": [document.public_id]}
    answer = desk.post(f"{path}/autosave", form(draft, headline="Tiêu đề mới", page="p1", **sent))
    assert answer.json()["unread"] == []
    release = Release.objects.get()
    assert (release.headline, release.attachments) == ("Tiêu đề mới", [document.shown(), elsewhere])
    desk.post(path, form(draft, **{"attachments-sent": "1"}))
    assert Release.objects.get().attachments == [elsewhere], "what is taken out is out"


def test_a_film_older_than_those_offered_stays_whatever_is_saved(
    desk: Client, organization: Organization, write: Write, form: Form
) -> None:
    owner = f"organization:{organization.pk}"
    films = [
        Video.objects.create(owner_key=owner, digest=str(number), format="mp4", size=1) for number in range(OFFERED + 1)
    ]
    draft = write(videos=[films[0].shown()])
    sent = {"videos-sent": "1", "videos": [films[0].public_id]}
    desk.post(f"/desk/releases/{draft.public_id}", form(draft, headline="Tiêu đề mới", **sent))
    assert [one["file"] for one in Release.objects.get().videos] == [films[0].public_id]


def test_twenty_pictures_cost_a_page_that_saves_by_itself_no_more_queries_than_one(
    desk: Client, organization: Organization, write: Write, form: Form
) -> None:
    owner = f"organization:{organization.pk}"
    ids = [
        Picture.objects.create(
            owner_key=owner, digest=str(number), format="jpg", width=1, height=1, size=1
        ).public_id
        for number in range(20)
    ]  # fmt: skip
    counts = []
    for chosen in (ids[:1], ids):
        draft = write()
        path = f"/desk/releases/{draft.public_id}/autosave"
        desk.post(path, form(draft, page="p1", add=chosen))
        with CaptureQueriesContext(connection) as asked:
            desk.post(path, form(draft, headline="Khác", page="p1", add=chosen))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_video_gets_its_picture_and_its_captions(desk: Client, library: str, photo: Photo) -> None:
    send(desk, library, SimpleUploadedFile("phim.mp4", make_mp4()))
    path = f"{library}/{Video.objects.get().public_id}"
    words = {"title": "Vụ lúa", "credit": "Sao Mai", "captions_language": "vi"}
    wrong = {**words, "captions": SimpleUploadedFile("a.vtt", b"khong phai")}
    assert "không phải phụ đề WebVTT" in desk.post(path, wrong).text
    lines = "WEBVTT\n\nSTYLE\n::cue{color:red}\n\n00:01.000 --> 00:04.000\nLúa chín\n".encode()
    desk.post(path, {**words, "poster": photo(), "captions": SimpleUploadedFile("a.vtt", lines)})
    shown = Video.objects.get().shown()
    kept = desk.get(shown["captions"])
    assert kept["Content-Type"] == "text/vtt; charset=utf-8"
    assert kept.getvalue().decode() == "WEBVTT\n\n00:01.000 --> 00:04.000\nLúa chín\n"
    assert shown["poster"]["width"] == 640
    assert f'<track kind="captions" src="{shown["captions"]}" srclang="vi"' in desk.get(path).text


def test_the_picture_and_the_captions_of_a_video_can_go_again(desk: Client, library: str, photo: Photo) -> None:
    """What names them already keeps them: the file stays."""
    send(desk, library, SimpleUploadedFile("phim.mp4", make_mp4()))
    path = f"{library}/{Video.objects.get().public_id}"
    assert "Bỏ " not in desk.get(path).text
    words = {"title": "Vụ lúa", "captions_language": "vi"}
    lines = b"WEBVTT\n\n00:01.000 --> 00:04.000\nA\n"
    desk.post(path, {**words, "poster": photo(), "captions": SimpleUploadedFile("a.vtt", lines)})
    page, had = desk.get(path).text, Video.objects.get().shown()
    assert all(said in page for said in ("Bỏ phụ đề đang có", "Bỏ ảnh bìa đang có", "Video này đang có phụ đề"))
    desk.post(path, {**words, "captions_language": "en"})
    assert Video.objects.get().shown() == {**had, "captions_language": "en"}
    desk.post(path, {**words, "no_captions": "on", "no_poster": "on"})
    assert {"captions", "captions_language", "poster"}.isdisjoint(Video.objects.get().shown())
    assert desk.get(had["captions"]).status_code == 200
    desk.post(path, {**words, "captions": SimpleUploadedFile("a.vtt", lines)})
    assert Video.objects.get().shown()["captions"] == had["captions"]


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/watch?v=dQw4w9WgXcQ", "https://youtube.com.evil.example/dQw4w9WgXcQ",
                                     "https://www.youtube.com/watch?v=<script>", "https://vimeo.com/channels", "https://youtu.be/"],
)  # fmt: skip
def test_an_address_of_no_known_player_is_refused(desk: Client, library: str, address: str) -> None:
    page = desk.post(f"{library}/link", {"address": address, "title": "Phim"})
    assert page.status_code == 400
    assert not Video.objects.exists()


def test_too_long_a_film_is_refused_before_it_is_read(desk: Client, library: str, settings: Any) -> None:
    settings.LOA_LARGEST_VIDEO = 100
    (answer,) = send(desk, library, SimpleUploadedFile("phim.mp4", make_mp4()))
    assert not answer["is_kept"]
    settings.LOA_LARGEST_VIDEO = -999_900
    answer = desk.post(f"{library}/upload", {"uploads": [SimpleUploadedFile("phim.mp4", make_mp4())]})
    assert answer.status_code == 413


def test_a_suspended_organization_sends_nothing(
    desk: Client, library: str, photo: Photo, organization: Organization
) -> None:
    organization.suspended_at = organization.created_at
    organization.save()
    (answer,) = send(desk, library, photo())
    assert "tạm ngưng" in answer["sentence"]
