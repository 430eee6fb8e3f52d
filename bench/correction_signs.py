"""The sign that tells which version an answer of `bench/correction.py` is of, and where the release stands."""

import re
import urllib.parse
from dataclasses import dataclass

LANGUAGES = ("vi", "en", "ja")
WORD = "zqbandau"  # stands in every version, for the search
FAMILIES = "αβγ"  # a letter for each language
DIGITS = "δεηθικλμνξ"  # no slug holds Greek letters, so a release keeps its address
SIGN = re.compile(f"ζ([{FAMILIES}])([{DIGITS}]{{3}})ω")
_ESCAPED = re.compile(r"\\u(03[0-9a-f]{2})", re.IGNORECASE)
SEARCH = "/search"

Signs = dict[str, set[int]]
"""The numbers of versions by language."""


@dataclass
class Cast:
    """The release that is corrected, the names and addresses it stands at by language, and those to be withdrawn."""

    public_id: str
    places: dict[str, dict[str, str]]
    hot: list[str]
    doomed: list[dict[str, str]]  # id, mark, path


def sign(language: str, number: int) -> str:
    """What stands in every text of one version."""
    return f"ζ{FAMILIES[LANGUAGES.index(language)]}{''.join(DIGITS[int(digit)] for digit in f'{number:03}')}ω"


def signs(text: str) -> Signs:
    """Which versions an answer holds; those in links and in JSON too."""
    if "\\u03" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "%CE%B6" in text:
        text += urllib.parse.unquote(text)
    found: Signs = {}
    for family, digits in SIGN.findall(text):
        number = int("".join(str(DIGITS.index(one)) for one in digits))
        found.setdefault(LANGUAGES[FAMILIES.index(family)], set()).add(number)
    return found
