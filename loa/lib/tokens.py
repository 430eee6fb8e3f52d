"""Random names for things shown outside, and the digest of bytes."""

import base64
import hashlib
import secrets

# Crockford's base 32: no i, l, o and u, so that an id can be read out over the telephone.
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_SHORT_LENGTH = 10
_READ_OUT = str.maketrans("ilo", "110")


def random_id(bits: int = 128) -> str:
    """An id nobody can guess, in lower-case base 32 without padding (RFC 4648, section 6)."""
    raw = secrets.token_bytes((bits + 7) // 8)
    return base64.b32encode(raw).decode("ascii").rstrip("=").lower()


def short_id() -> str:
    """Ten random characters (50 bits) for a public address; the caller checks that it is free."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(_SHORT_LENGTH))


def as_meant(short: str) -> str:
    """A short id that was typed after hearing or reading it: small letters, and the figures it took letters for."""
    return short.lower().translate(_READ_OUT)


def short_id_of(content: bytes) -> str:
    """The same made of what it stands for, so that it is alike each time."""
    bits = int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
    return "".join(_CROCKFORD[(bits >> (5 * place)) & 31] for place in range(_SHORT_LENGTH))


def digest(content: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
