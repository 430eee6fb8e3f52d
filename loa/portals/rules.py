"""How the address of a portal is written."""

import re

ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?\Z")


def normal(typed: str) -> str:
    """An address as people paste it, as it is kept: small letters, no slash at its end."""
    return typed.strip().rstrip("/").lower()
