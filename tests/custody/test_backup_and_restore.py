"""A backup taken while others write is whole, and a restore gives back exactly what was in it."""

import io
import json
import tarfile
import threading
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from loa.custody.actions import restore as acting
from tests.custody.conftest import Place, connect

MakePlace = Callable[[str], Place]


def manifest_of(path: Path) -> dict[str, Any]:
    """Read a backup's manifest."""
    with tarfile.open(path) as tar:
        return json.load(tar.extractfile("manifest.json"))


@contextmanager
def writing(place: Place) -> Any:
    """Write pairs of rows without pause: one transaction each, so that a whole backup holds an even number."""
    stop, done = threading.Event(), []

    def write() -> None:
        database = connect(place)
        number = 0
        while not stop.is_set():
            number += 1
            database.execute("BEGIN")
            for half in "ab":
                database.execute(
                    "INSERT INTO django_session (session_key, session_data, expire_date)"
                    f" VALUES ('{number}{half}', 'đầy đủ', '2030-01-01 00:00:00+00:00')"
                )
            database.execute("COMMIT")
            stop.wait(0.001)
        done.append(number)
        database.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield done
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def place(begin_place: MakePlace) -> Place:
    """A portal with one picture."""
    place = begin_place("home")
    (place.home / "media" / "ab").mkdir(parents=True, exist_ok=True)
    (place.home / "media" / "ab" / "picture.webp").write_bytes(bytes(range(256)) * 500)
    return place


def test_everything_comes_back_equal(place: Place, make_place: MakePlace, tmp_path: Path) -> None:
    """Backed up under load, restored elsewhere, backed up again: every table and every file has the same digest.

    New rows there get numbers of their own.
    """
    first, second = tmp_path / "first.tar", tmp_path / "second.tar"
    with writing(place) as done:
        place.loa("backup", first)
    other = make_place("other")
    other.loa("restore", first)
    other.loa("backup", second)
    before, after = manifest_of(first), manifest_of(second)
    assert done[0] > 0
    assert before["tables"]["django_session"]["rows"] % 2 == 0
    assert before["tables"] == after["tables"]
    media = {name: digest for name, digest in before["files"].items() if name.startswith("media/")}
    assert media == {name: digest for name, digest in after["files"].items() if name.startswith("media/")}
    assert "media/ab/picture.webp" in media
    database = connect(other)
    database.execute("INSERT INTO django_content_type (app_label, model) VALUES ('x', 'y')")
    database.close()


def test_the_secret_key_is_not_in_it(place: Place, tmp_path: Path) -> None:
    """A thief of backups cannot sign cookies."""
    key = place.loa("keys", "export").strip()
    place.loa("backup", tmp_path / "b.tar")
    assert len(key) >= 40
    assert key.encode() not in (tmp_path / "b.tar").read_bytes()


def test_a_backup_is_for_its_owner_only(place: Place, tmp_path: Path) -> None:
    """Nobody else on the machine may read it."""
    place.loa("backup", tmp_path / "b.tar")
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0


def test_it_never_writes_over_a_file(place: Place, tmp_path: Path) -> None:
    """The last good backup is not lost to the next."""
    (tmp_path / "b.tar").write_text("precious")
    assert "exists already" in place.loa("backup", tmp_path / "b.tar", code=1)
    assert (tmp_path / "b.tar").read_text() == "precious"


def test_a_full_place_is_refused(place: Place, tmp_path: Path) -> None:
    """Two portals are never mixed."""
    place.loa("backup", tmp_path / "b.tar")
    assert "already holds" in place.loa("restore", tmp_path / "b.tar", code=1)


def test_a_damaged_backup_is_refused(place: Place, make_place: MakePlace, tmp_path: Path) -> None:
    """One changed byte of a picture is enough, and nothing is put in place."""
    path = tmp_path / "b.tar"
    place.loa("backup", path)
    body = bytearray(path.read_bytes())
    at = body.index(bytes(range(256)))
    body[at] ^= 1
    path.write_bytes(body)
    other = make_place("other")
    assert "damaged" in other.loa("restore", path, code=1)
    assert not (other.home / "media" / "ab").exists()


def rewritten(source: Path, target: Path, **changes: Any) -> Path:
    """A backup whose manifest says something else; without changes it has none, as one that breaks off before it."""
    with tarfile.open(source) as whole, tarfile.open(target, "w") as other:
        for member in whole:
            body = whole.extractfile(member).read()  # type: ignore[union-attr]  # every member is a file
            if member.name == "manifest.json":
                if not changes:
                    continue
                body = json.dumps(json.loads(body) | changes).encode()
                member.size = len(body)
            other.addfile(member, io.BytesIO(body))
    return target


def test_what_is_no_backup_for_this_version_is_told_by_both_looks(
    place: Place, make_place: MakePlace, tmp_path: Path
) -> None:
    """And a look through it leaves the place as empty as it was."""
    good = tmp_path / "b.tar"
    place.loa("backup", good)
    other = make_place("other")
    wrong = {
        "breaks off": {}, "none of ours": {"files": []}, "this Loa reads format": {"format": 2},
        "no database is in it|not what its manifest says": {"tables": {}},
        "is newer than this one": {"migrations": ["archive.9999_later"]},
    }  # fmt: skip
    for number, (said, changes) in enumerate(wrong.items()):
        file = rewritten(good, tmp_path / f"{number}.tar", **changes)
        for words in (("restore", file, "--check"), ("restore", file)):
            assert any(one in other.loa(*words, code=1) for one in said.split("|"))
    assert "comes back" in other.loa("restore", good, "--check")
    other.loa("restore", good)


def test_files_go_out_again_where_the_database_does_not_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is the last to be put in place, so that no portal is ever served without its files."""
    media, work = tmp_path / "media", tmp_path / "work"
    (work / "media").mkdir(parents=True)
    (work / "media" / "a.webp").touch()

    def refuse(*_: object) -> None:
        assert (media / "a.webp").exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(acting, "place_database", refuse)
    with pytest.raises(KeyboardInterrupt):
        acting.place({}, work, media)
    assert not media.exists()


def test_something_else_is_refused(make_place: MakePlace, tmp_path: Path) -> None:
    """Not every file is a backup."""
    (tmp_path / "b.tar").write_text("not a tar")
    assert "not a readable backup" in make_place("other").loa("restore", tmp_path / "b.tar", code=1)


def test_an_encrypted_backup_opens_with_its_key_alone(place: Place, make_place: MakePlace, tmp_path: Path) -> None:
    """The key is made by a command, and the page of the operator knows who made the backup."""
    key, sealed = tmp_path / "k.key", tmp_path / "b.tar.age"
    assert "--keys" in place.loa("backup", sealed, code=1)
    (tmp_path / "public").write_text(place.loa("keys", "backup", key))
    assert key.stat().st_mode & 0o077 == 0
    place.loa("backup", sealed, "--keys", tmp_path / "public")
    assert "Tin Mới".encode() not in sealed.read_bytes()
    other = make_place("other")
    assert "is encrypted" in other.loa("restore", sealed, code=1)
    assert "comes back" in place.loa("restore", sealed, "--key", key, "--check")
    other.loa("restore", sealed, "--key", key)
    database = connect(place)
    ((by, checked),) = database.execute("SELECT made_by, checked_at FROM custody_backup").fetchall()
    database.close()
    assert by.startswith("loa backup (")
    assert checked is not None
