"""What a text says it is, and on what terms it may be used, in the words machines know."""

from typing import Any

_GENRES = {"sourced": "News", "life": "Feature"}
_ADDRESSES = {
    "cc-by": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa": "https://creativecommons.org/licenses/by-sa/4.0/",
}


def genre(kind: str) -> str:
    """What a text of this kind is (IPTC NewsCodes, genre): only what a sender gave out is a press release."""
    return _GENRES.get(kind, "Press Release")


def licence_address(licence: str, terms: str) -> str:
    """Where a licence is written; `terms` is the portal's own page, for what has no page of the world's."""
    return _ADDRESSES.get(licence, terms)


def credit(picture: dict[str, Any], of_text: str, sender: str) -> str:
    """Whom to name beside a picture: its own line, else the text's, else the sender."""
    return str(picture.get("credit") or of_text or sender)
