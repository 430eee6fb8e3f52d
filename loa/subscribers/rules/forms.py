"""How long a person takes over a form: a signed moment goes out with it and comes back.

The page with the moment is kept by no cache. The short forms on cached pages carry none: they lead to that page.
"""

from django.core import signing

SHORTEST, LONGEST = 2, 12 * 3600  # seconds
_SALT = "loa.subscribers.form"


def stamp() -> str:
    """The moment a form is shown, signed."""
    return signing.TimestampSigner(salt=_SALT).sign("shown")


def is_too_quick(value: str) -> bool:
    """Say whether a form came back sooner than anybody reads it."""
    return _is_from_last(value, SHORTEST)


def is_too_old(value: str) -> bool:
    """Say whether there is no moment of ours on it, or one of long ago."""
    return not _is_from_last(value, LONGEST)


def _is_from_last(value: str, seconds: int) -> bool:
    try:
        signing.TimestampSigner(salt=_SALT).unsign(value, max_age=seconds)
    except signing.BadSignature:
        return False
    return True
