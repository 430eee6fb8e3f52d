"""Seal: encrypt a backup for keys that are kept elsewhere (age, age-encryption.org/v1), and open it again with one."""

from collections.abc import Sequence
from pathlib import Path

import pyrage
from pyrage import x25519

from loa.custody.errors import CannotBackUp, CannotRestore

MARK = b"age-encryption.org/v1"


def read_recipients(file: Path) -> list[str]:
    """The public keys of a file, one a line; what begins with # is for people. Raises CannotBackUp."""
    try:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise CannotBackUp(f"The keys to encrypt for cannot be read from {file}.") from error
    keys = [line for line in lines if line and not line.startswith("#")]
    if not keys:
        raise CannotBackUp(f"{file} holds no key to encrypt for (a line beginning with age1).")
    return keys


def seal(plain: Path, target: Path, *, recipients: Sequence[str]) -> None:
    """Encrypt a file so that any one of the keys opens it. Raises CannotBackUp."""
    try:
        keys = [x25519.Recipient.from_str(key) for key in recipients]
        pyrage.encrypt_file(str(plain), str(target), keys)
    except pyrage.RecipientError as error:
        raise CannotBackUp("One of the keys to encrypt for is no age key (age1…).") from error
    except (pyrage.EncryptError, OSError) as error:  # a full disk, in words of its own
        raise CannotBackUp(f"The backup could not be encrypted into {target.parent.parent}: {error}.") from error
    target.chmod(0o600)


def is_sealed(source: Path) -> bool:
    """Whether a file is encrypted."""
    with source.open("rb") as file:
        return file.read(len(MARK)) == MARK


def unseal(source: Path, target: Path, *, identity: Path | None) -> None:
    """Decrypt a file with a secret key from a file. Raises CannotRestore."""
    if identity is None:
        raise CannotRestore(f"{source} is encrypted; name the file of its key with --key.")
    try:
        lines = [line.strip() for line in identity.read_text("utf-8").splitlines()]
        keys = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise CannotRestore(f"{identity} is no key file (a line beginning with AGE-SECRET-KEY-1).") from error
    if not keys:
        raise CannotRestore(f"{identity} holds no key (a line beginning with AGE-SECRET-KEY-1).")
    try:
        pyrage.decrypt_file(str(source), str(target), keys)
    except pyrage.DecryptError as error:
        target.unlink(missing_ok=True)
        raise CannotRestore(f"The key of {identity} does not open {source}, or the file is damaged.") from error
    except OSError as error:  # it was opened, so the key is the right one
        target.unlink(missing_ok=True)
        if "os error" in str(error):  # of the machine: no room, no right to write
            raise CannotRestore(f"{source} could not be decrypted: {error}.") from error
        raise CannotRestore(f"{source} is damaged or breaks off; its key is the right one.") from error


def new_key(file: Path) -> str:
    """Write a new secret key, readable by its owner only, and return its public one. Raises CannotBackUp."""
    key = x25519.Identity.generate()
    public = str(key.to_public())
    try:
        file.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise CannotBackUp(f"{file} cannot be made, or is there already.") from error
    file.write_text(f"# public key: {public}\n{key}\n", "utf-8")
    return public
