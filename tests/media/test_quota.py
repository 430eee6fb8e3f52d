"""What an owner's files take is counted as rows with them, and never more than they may take."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from pytest_django import Settings

from loa.audit.actions.record import Actor
from loa.audit.models import Record
from loa.lib import clock
from loa.lib.sizes import in_words
from loa.media import queries, store
from loa.media.actions import make_due as drawing
from loa.media.actions.attach import attach
from loa.media.actions.describe_video import describe_video
from loa.media.actions.hand_over import hand_over
from loa.media.actions.make_due import make_due
from loa.media.actions.set_quota import set_quota
from loa.media.actions.take_in import take_in
from loa.media.actions.take_in_video import link_video, take_in_video
from loa.media.actions.throw_away import throw_away
from loa.media.errors import NotAPicture, StorageFull
from loa.media.models import Picture, Rendition, Video, widths_of
from loa.media.rules import why_full
from tests import homes
from tests.compose.test_library import box, make_mp4
from tests.media.test_take_in import make_picture

pytestmark = pytest.mark.django_db
OWNER = "organization:1"
OPERATOR = Actor("person:1", "an@example.vn")


def pdf(words: str) -> bytes:
    """Return a document of 1,000 bytes."""
    return f"%PDF-1.7 {words} ".encode().ljust(994, b".") + b"%%EOF\n"


def used(owner_key: str = OWNER) -> int:
    return queries.storage_of(owner_key).used


def on_disk() -> int:
    return sum(path.stat().st_size for path in store.folder().iterdir() if path.is_file())


def film(folder: Path) -> Path:
    """Return the path of a film of more than 600 bytes."""
    path = folder / "phim.mp4"
    path.write_bytes(make_mp4() + box(b"free", b"\0" * 600))
    return path


def test_what_is_counted_is_what_lies_there(tmp_path: Path) -> None:
    picture = take_in(make_picture(size=(2500, 1500)), owner_key=OWNER)
    assert used() > on_disk(), "room is kept for what is still to be made"
    while make_due():
        pass
    video = take_in_video(film(tmp_path), owner_key=OWNER)
    attach(pdf("Báo cáo"), owner_key=OWNER)
    for line in ("Lúa chín", "Lúa đã chín"):  # the first stays for the texts that show it
        describe_video(video, title="Vụ", captions=f"WEBVTT\n\n00:01.000 --> 00:04.000\n{line}\n".encode())
    assert used() == on_disk()
    assert Picture.objects.get(pk=picture.pk).beside == sum(row.size for row in Rendition.objects.all())


def test_thrown_away_it_takes_nothing(tmp_path: Path) -> None:
    files = [
        take_in(make_picture(), owner_key=OWNER), take_in_video(film(tmp_path), owner_key=OWNER),
        attach(pdf("Báo cáo"), owner_key=OWNER),
    ]  # fmt: skip
    video = files[1]
    assert isinstance(video, Video)
    for line in ("Một", "Hai"):
        describe_video(video, title="Vụ", captions=f"WEBVTT\n\n00:01.000 --> 00:04.000\n{line}\n".encode())
    for file in files:
        file.refresh_from_db()
        throw_away(file)
    assert (used(), on_disk()) == (0, 0)


def test_the_same_file_is_counted_once() -> None:
    for _ in range(2):
        attach(pdf("Báo cáo"), owner_key=OWNER)
    assert used() == 1000


def test_one_more_than_fits_is_refused_and_leaves_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.LOA_LIBRARY_QUOTA = 1500
    attach(pdf("Báo cáo"), owner_key=OWNER)
    for send in (
        lambda: attach(pdf("Bảng giá"), owner_key=OWNER),
        lambda: take_in(make_picture(size=(900, 600)), owner_key=OWNER),
        lambda: take_in_video(film(tmp_path), owner_key=OWNER),
    ):  # fmt: skip
        with pytest.raises(StorageFull) as full:
            send()
        assert (full.value.used, full.value.most) == (1000, 1500)
    assert (used(), on_disk()) == (1000, 1000)
    attach(pdf("Bảng giá"), owner_key="organization:2")


def test_what_is_known_already_and_what_lies_elsewhere_needs_no_room(settings: Settings) -> None:
    attach(pdf("Báo cáo"), owner_key=OWNER)
    picture = take_in(make_picture(), owner_key=OWNER)
    settings.LOA_LIBRARY_QUOTA = 1
    attach(pdf("Báo cáo"), owner_key=OWNER)
    assert take_in(make_picture(), owner_key=OWNER) == picture
    link_video("https://youtu.be/dQw4w9WgXcQ", owner_key=OWNER, title="Phim")
    with pytest.raises(StorageFull):
        attach(pdf("Bảng giá"), owner_key=OWNER)


def test_captions_need_room_too(settings: Settings, tmp_path: Path) -> None:
    video = take_in_video(film(tmp_path), owner_key=OWNER)
    settings.LOA_LIBRARY_QUOTA = used() + 10
    with pytest.raises(StorageFull):
        describe_video(video, title="Vụ", captions=b"WEBVTT\n\n00:01.000 --> 00:04.000\nA\n")
    video.refresh_from_db()
    assert (video.captions, on_disk()) == ("", video.size)


def test_an_owner_may_have_a_quota_of_their_own_and_it_is_recorded(settings: Settings) -> None:
    settings.LOA_LIBRARY_QUOTA = 1500
    attach(pdf("Báo cáo"), owner_key=OWNER)
    for _ in range(2):
        set_quota(OPERATOR, OWNER, most=2500)
    attach(pdf("Bảng giá"), owner_key=OWNER)
    set_quota(OPERATOR, OWNER, most=0)
    assert queries.storage_of(OWNER).most is None
    attach(pdf("Hồ sơ"), owner_key=OWNER)
    set_quota(OPERATOR, OWNER, most=None)
    assert queries.storage_of(OWNER) == queries.Storage(3000, 1500)
    assert queries.storage_of(OWNER).per_cent == 200
    rows = Record.objects.filter(act="set_quota").order_by("pk")
    assert [(row.subject, row.detail["to"]) for row in rows] == [(OWNER, 2500), (OWNER, 0), (OWNER, None)]


def test_without_an_end_there_is_none(settings: Settings) -> None:
    settings.LOA_LIBRARY_QUOTA = 0
    attach(pdf("Báo cáo"), owner_key=OWNER)
    assert queries.storage_of(OWNER) == queries.Storage(1000, None)


def test_whoever_is_not_bound_is_counted_all_the_same(settings: Settings) -> None:
    settings.LOA_LIBRARY_QUOTA = 1
    picture = take_in(make_picture(), owner_key=OWNER, is_bound=False)
    assert used() == picture.size + picture.beside > 1


def test_files_that_are_handed_over_count_there() -> None:
    attach(pdf("Báo cáo"), owner_key=OWNER)
    hand_over(OWNER, "organization:2")
    assert (used(), used("organization:2")) == (0, 1000)


def test_what_cannot_be_drawn_keeps_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = take_in(make_picture(size=(900, 600)), owner_key=OWNER)

    def fails(*_: object, **__: object) -> list[bytes]:
        raise NotAPicture("unreadable")

    monkeypatch.setattr(drawing, "render", fails)
    for _ in range(drawing.MOST_ATTEMPTS):
        Rendition.objects.filter(state="pending").update(not_before=clock.now())
        make_due()
    assert used() == on_disk()
    assert Picture.objects.get(pk=picture.pk).beside > 0, "the one that came with it is there"


def test_what_was_there_before_it_was_counted_is_counted(tmp_path: Path) -> None:
    take_in(make_picture(size=(900, 600)), owner_key=OWNER)
    while make_due():
        pass
    video = take_in_video(film(tmp_path), owner_key=OWNER)
    describe_video(video, title="Vụ", captions=b"WEBVTT\n\n00:01.000 --> 00:04.000\nA\n")
    for kind in queries.KINDS:
        kind.objects.update(beside=0)
    Rendition.objects.update(size=0)
    import_module("loa.media.migrations.0003_quotas").count_what_is_there(apps, None)
    assert used() == on_disk()


def test_captions_that_go_and_come_again_are_counted_once_and_go_with_their_film(tmp_path: Path) -> None:
    lines = b"WEBVTT\n\n00:01.000 --> 00:04.000\nA\n"
    video = take_in_video(film(tmp_path), owner_key=OWNER)
    for _ in range(2):
        describe_video(video, title="Vụ", captions=lines)
        video = describe_video(video, title="Vụ", no_captions=True)
        assert used() == on_disk()
    throw_away(video)
    assert (used(), on_disk()) == (0, 0)


@pytest.mark.storm
def test_those_that_come_at_once_fill_it_and_no_more(tmp_path: Path) -> None:
    environment = homes.with_tables(tmp_path / "bao") | {"LOA_LIBRARY_QUOTA": "1"}
    command = [sys.executable, str(Path(__file__).with_name("storm.py"))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"ends": {"kept": 3, "refused": 9}, "used": 900_000, "on_disk": 900_000}


@pytest.mark.parametrize(
    ("width", "expected"),
    [(0, []), (100, [100]), (1000, [320, 640, 960, 1000]), (1920, [320, 640, 960, 1440, 1920]),
     (5000, [320, 640, 960, 1440, 1920])],
)  # fmt: skip
def test_no_width_is_made_twice(width: int, expected: list[int]) -> None:
    assert widths_of(width) == expected


def test_the_sentence_says_how_much_and_what_to_do() -> None:
    said = why_full(StorageFull(used=4_900_000_000, most=5_000_000_000, size=120_400_000))
    assert said.replace("\N{NO-BREAK SPACE}", " ") == (
        "Không đủ chỗ cho tệp này (120 MB): thư viện đã dùng 4,9 GB, được phép 5 GB. "
        "Hãy xóa bớt tệp không dùng trong thư viện, hoặc nhờ ban biên tập cho thêm chỗ."
    )
    said = why_full(StorageFull(used=5_000_000, most=5_000_000, size=1))
    assert said.replace("\N{NO-BREAK SPACE}", " ").startswith("Thư viện đã đầy: dùng 5 MB, được phép 5 MB. Hãy xóa")


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 B"), (999, "999 B"), (1500, "2 kB"), (12_340_000, "12,3 MB"), (5 * 10**12, "5000 GB")]
)
def test_sizes_in_words(size: int, said: str) -> None:
    assert in_words(size) == said.replace(" ", "\N{NO-BREAK SPACE}")
