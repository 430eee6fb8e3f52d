"""An owner takes everything of the organization along, and nobody else does."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.custody.actions import pack as subject
from loa.custody.actions.ask import ask
from loa.custody.actions.pack import pack_due
from loa.custody.errors import NotOwner
from loa.custody.models import Parcel
from loa.lib import clock
from loa.media import store
from loa.media.actions.take_in import take_in
from loa.media.models import Video
from loa.organizations.models import Membership, Organization
from loa.releases.actions.keep_template import keep_template
from tests.conftest import Write
from tests.imports.conftest import drawn

pytestmark = pytest.mark.django_db
PutOut = Callable[..., Entry]


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "parcels"


@pytest.fixture
def page(organization: Organization) -> str:
    return f"/desk/o/{organization.slug}/export"


@pytest.fixture
def owner(client: Client, an: Person) -> Client:
    client.force_login(an)
    return client


def test_everything_is_in_it(
    owner: Client, page: str, folder: Path, write: Write, put_out: PutOut, organization: Organization, newcomer: Any
) -> None:
    picture = take_in(drawn(), owner_key=f"organization:{organization.pk}", credit="An", name="lúa.png")
    entry = put_out(pictures=[{**picture.shown(), "alt": "Lúa"}])
    draft = write(headline="Còn viết dở")
    template = keep_template(draft.author, draft, name="Mẫu")  # type: ignore[arg-type]
    write(newcomer, headline="Của tổ chức khác")
    assert owner.post(page).status_code == 302
    assert "Đang chờ tới lượt" in owner.get(page).content.decode()
    pack_due(folder)
    parcel = Parcel.objects.get()
    answer = owner.get(f"{page}/{parcel.public_id}.zip")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert (answer.headers["Cache-Control"], len(data)) == ("private, no-store", parcel.size)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        names = set(packed.namelist())
        home = f"releases/{entry.published_at:%Y}/{entry.public_id}"
        assert {"README.txt", "organization.json", "coverage.csv", "media/media.json"} <= names
        assert f"drafts/{draft.public_id}.json" in names
        assert {f"{home}/release.json", f"{home}/vi.md", f"{home}/vi.html", f"{home}/{picture.file_name}"} <= names
        assert f"media/{picture.file_name}" in names
        kept = json.loads(packed.read(f"templates/{template.public_id}.json"))
        assert (kept["name"], kept["fields"]["headline"]) == ("Mẫu", "Còn viết dở")
        assert json.loads(packed.read(f"{home}/release.json"))["versions"][0]["headline"] == entry.current.headline  # type: ignore[union-attr]
        assert json.loads(packed.read(f"drafts/{draft.public_id}.json"))["headline"] == "Còn viết dở"
        assert "Của tổ chức khác" not in "".join(packed.read(name).decode() for name in names if name.endswith(".json"))
    assert Record.objects.filter(act="ask_parcel").count() == 1


def test_a_video_has_its_captions_with_it(
    an: Person, folder: Path, put_out: PutOut, organization: Organization
) -> None:
    film = Video.objects.create(
        owner_key=f"organization:{organization.pk}",
        digest="x",
        format="mp4",
        size=4,
        title="Phim",
        captions_language="vi",
    )
    film.captions = f"{film.public_id}-12.vtt"
    film.save()
    store.put(film.file_name, b"film")
    store.put(film.captions, b"WEBVTT")
    entry = put_out(videos=[film.shown()])
    ask(an, organization)
    pack_due(folder)
    with zipfile.ZipFile(folder / f"{Parcel.objects.get().public_id}.zip") as packed:
        home = f"releases/{entry.published_at:%Y}/{entry.public_id}"
        names = {f"{place}/{name}" for place in (home, "media") for name in (film.file_name, film.captions)}
        assert names <= set(packed.namelist())
        assert f'<a href="{film.captions}">WebVTT</a>' in packed.read(f"{home}/vi.html").decode()


def test_a_download_that_broke_off_goes_on(
    owner: Client, page: str, folder: Path, an: Person, organization: Organization
) -> None:
    ask(an, organization)
    pack_due(folder)
    way = f"{page}/{Parcel.objects.get().public_id}.zip"
    whole = owner.get(way)
    data = b"".join(whole.streaming_content)  # type: ignore[attr-defined]
    rest = owner.get(way, headers={"Range": "bytes=100-", "If-Range": whole["ETag"]})
    assert (rest.status_code, rest["Content-Range"]) == (206, f"bytes 100-{len(data) - 1}/{len(data)}")
    assert b"".join(rest.streaming_content) == data[100:]  # type: ignore[attr-defined]
    assert rest["Content-Disposition"] == whole["Content-Disposition"]
    assert (whole["Content-Type"], whole["Cache-Control"]) == ("application/zip", "private, no-store")


def test_others_find_nothing(
    client: Client, page: str, folder: Path, an: Person, stranger: Person, organization: Organization, moderator: Person
) -> None:
    """A writer of the organization neither, nor its page of another's parcel."""
    parcel = ask(an, organization)
    pack_due(folder)
    writer = stranger
    Membership.objects.create(organization=organization, person=writer)
    for person in (writer, moderator):
        client.force_login(person)
        for address in (page, f"{page}/{parcel.public_id}.zip"):
            assert client.get(address).status_code == 404
        assert client.post(page).status_code == 404
    client.logout()
    assert client.get(page).status_code == 302
    with pytest.raises(NotOwner):
        ask(writer, organization)


def test_one_that_fails_is_tried_again_after_a_minute(
    an: Person, organization: Organization, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, say; after three times, each later than the one before, it is over."""

    def fail(*_of: object) -> None:
        raise OSError("No space left on device")

    parcel, now = ask(an, organization), clock.now()
    monkeypatch.setattr(subject, "_files", fail)
    for minute in (0, 2, 8):
        monkeypatch.setattr(clock, "now", lambda at=now + timedelta(minutes=minute): at)
        with pytest.raises(OSError, match="No space"):
            pack_due(folder)
        assert pack_due(folder) is None
        assert list(folder.iterdir()) == []  # its half would fill the disk further
    parcel.refresh_from_db()
    assert parcel.failed_at is not None


def test_asked_twice_it_is_packed_once(an: Person, organization: Organization, folder: Path) -> None:
    assert ask(an, organization) == ask(an, organization)
    assert pack_due(folder) is not None
    assert pack_due(folder) is None


def test_too_often_is_said(owner: Client, page: str, folder: Path) -> None:
    for _ in range(6):
        answer = owner.post(page, follow=True)
        pack_due(folder)
    assert "nhiều lần" in answer.content.decode()
    assert Parcel.objects.count() == 5


def test_a_dead_workers_parcel_is_packed_by_the_next(
    an: Person, organization: Organization, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    row = ask(an, organization)
    with monkeypatch.context() as patched:
        patched.setattr(subject, "_itself", die)
        with pytest.raises(KeyboardInterrupt):
            pack_due(folder)
    assert pack_due(folder) is None
    Parcel.objects.update(lease_until=clock.now())
    pack_due(folder)
    row.refresh_from_db()
    assert row.packed_at is not None
    assert [path.name for path in folder.iterdir()] == [f"{row.public_id}.zip"]


def test_after_a_week_it_is_gone(an: Person, organization: Organization, folder: Path) -> None:
    ask(an, organization)
    pack_due(folder)
    Parcel.objects.update(asked_at=clock.now() - timedelta(days=8))
    pack_due(folder)
    assert list(folder.iterdir()) == []
    assert not Parcel.objects.exists()
