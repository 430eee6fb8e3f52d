"""What may stand in an address, in a slot and in a header."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from django.conf import settings

from loa.mail.errors import BadAddress

# RFC 5321, section 4.1.2: a dot-string or a quoted one without escapes; letters outside ASCII need SMTPUTF8.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|\"[ !#-\[\]-~]+\"")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
SLOT = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")


@dataclass(frozen=True)
class Address:
    """An address as it goes over the wire, and its domain in lower-case ASCII."""

    email: str
    domain: str


def read_address(text: str) -> Address:
    """The address to hand to a relay; a domain with letters of its own becomes its `xn--` name. Raises BadAddress."""
    local, at, host = text.strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > 64:
        raise BadAddress("no mail can be addressed to this")
    try:
        domain = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise BadAddress("its domain is no name of the Internet") from error
    if len(domain) > 255 or not all(_LABEL.fullmatch(label) for label in domain.split(".")):
        raise BadAddress("its domain is no name of the Internet")
    return Address(f"{local}@{domain}", domain)


def digest_of(address: str) -> str:
    """What stands for an address in the list of suppressions: HMAC-SHA-256 under a key made of the secret one."""
    key = hashlib.sha256(b"loa.mail.suppression" + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(key, address.strip().lower().encode(), "sha256").hex()


def literal(text: str) -> str:
    """Words of others as they may stand in a mailing: braces that would read as a slot are kept apart by U+2060.

    Whoever writes a headline must not be able to have a reader's own links put into it.
    """
    return text.replace("{{", "{\u2060{")


def slots_in(*texts: str) -> set[str]:
    """The names of the slots these texts carry."""
    return {name for text in texts for name in SLOT.findall(text)}
