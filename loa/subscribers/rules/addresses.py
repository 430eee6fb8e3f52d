"""What a mail address may look like, and what its writer probably meant."""

import unicodedata
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 254

# What people type, and what they mean; only slips that are no working mail domain of anybody's.
SLIPS = {
    "gmai.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gmial.com": "gmail.com",
    "gmail.con": "gmail.com",
    "gmail.vn": "gmail.com",
    "gmail.com.vn": "gmail.com",
    "gnail.com": "gmail.com",
    "gamil.com": "gmail.com",
    "yaho.com": "yahoo.com",
    "yahoo.con": "yahoo.com",
    "yahoo.vn": "yahoo.com.vn",
    "hotmai.com": "hotmail.com",
    "hotmail.con": "hotmail.com",
    "outlok.com": "outlook.com",
    "outlook.con": "outlook.com",
    "iclould.com": "icloud.com",
    "icloud.con": "icloud.com",
}


def normal(email: str) -> str:
    """The address as it is kept: lower case, the domain in ASCII (IDNA). Raises ValueError where that cannot be."""
    local, _at, domain = unicodedata.normalize("NFC", email.strip()).lower().rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise ValueError(domain) from error


def read(text: str) -> str:
    """The address in a cell of others (`An <an@vidu.vn>` too) as it is kept, or nothing where it is none."""
    email = parseaddr(text.strip())[1]
    try:
        validate_email(email)
        return normal(email) if len(email) <= LONGEST else ""
    except (ValidationError, ValueError):
        return ""


def domain_of(email: str) -> str:
    """What stands after the @."""
    return email.rpartition("@")[2]


def with_parents(domain: str) -> list[str]:
    """A domain and those above it but the last: `mail.vidu.com.vn`, `vidu.com.vn`, `com.vn`."""
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]


def meant(email: str) -> str:
    """The address its writer probably meant, or nothing."""
    local, _at, domain = email.rpartition("@")
    return f"{local}@{SLIPS[domain]}" if domain in SLIPS else ""
