"""What is wrong with an encrypted backup is not put down to its key: a key believed lost takes the backup with it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from loa.custody.actions.seal import new_key, seal, unseal
from loa.custody.errors import CannotBackUp, CannotRestore

LARGE = 300_000  # bytes; age writes in pieces of 64 KiB


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """A file with a secret key, and the public one."""
    file = tmp_path / "k.key"
    return file, new_key(file)


@pytest.fixture
def sealed(tmp_path: Path, key: tuple[Path, str]) -> Path:
    """A backup that is encrypted for it."""
    (tmp_path / "plain").write_bytes(b"x" * LARGE)
    seal(tmp_path / "plain", tmp_path / "b.tar.age", recipients=[key[1]])
    return tmp_path / "b.tar.age"


@contextmanager
def little_room() -> Iterator[None]:
    """No file may grow beyond a few bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("is_short", [True, False])
def test_a_damaged_one_says_that_its_key_is_right(
    tmp_path: Path, sealed: Path, key: tuple[Path, str], is_short: bool
) -> None:
    data = bytearray(sealed.read_bytes())
    data[200_000] ^= 1
    sealed.write_bytes(data[:200_000] if is_short else data)
    with pytest.raises(CannotRestore, match="is damaged or breaks off; its key is the right one"):
        unseal(sealed, tmp_path / "out", identity=key[0])
    assert not (tmp_path / "out").exists()


def test_a_disk_without_room_is_said_to_be_one(tmp_path: Path, sealed: Path, key: tuple[Path, str]) -> None:
    with little_room(), pytest.raises(CannotRestore, match="could not be decrypted: File too large"):
        unseal(sealed, tmp_path / "out", identity=key[0])
    with little_room(), pytest.raises(CannotBackUp, match="could not be encrypted"):
        seal(tmp_path / "plain", tmp_path / "again.tar.age", recipients=[key[1]])


def test_another_key_and_no_key_are_told_apart(tmp_path: Path, sealed: Path) -> None:
    new_key(tmp_path / "other.key")
    with pytest.raises(CannotRestore, match="does not open"):
        unseal(sealed, tmp_path / "out", identity=tmp_path / "other.key")
    for text, word in (("# nothing\n", "holds no key"), ("age1xyz\n", "is no key file")):
        (tmp_path / "no.key").write_text(text)
        with pytest.raises(CannotRestore, match=word):
            unseal(sealed, tmp_path / "out", identity=tmp_path / "no.key")
