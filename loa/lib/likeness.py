"""Names that look or sound like another's: what is left of a name once everything a forger plays with is taken off.

The idea of a skeleton is that of Unicode's Technical Standard 39, section 4: two names that look alike have the same
one. Ours also takes off Vietnamese marks, legal forms, dashes and the ending of a domain, since those are what was
changed in the fakes of history.
"""

import re
import unicodedata
from dataclasses import dataclass

from loa.lib import domains, vietnamese

SHORTEST_NEAR = 6  # letters; in shorter names (ACB, VCB) one letter makes another name
# Letters of Cyrillic, Greek and others that print as Latin ones, and figures that stand in for letters.
_LOOKS_LIKE = str.maketrans(
    "абвгеѕіїјкмнопрстухуԁԛԝһӏ" + "αβγεικνορτυχω" + "ıɩɡɑʋℓ" + "$@|!",
    "a6bresiijkmhonpctyxydqwhl" + "abyeikvoptuxw" + "ilgavl" + "sall",
)  # fmt: skip
_FIGURES = str.maketrans("01345", "oleas")  # only within a word: May 10 and May 1 are two companies
_PARTED = re.compile(r"[\W_]+")
# In this order: what looks like one letter, then letters that cannot be told apart in many types.
_PAIRS = (("rn", "m"), ("vv", "w"), ("i", "l"))
_FORMS = sorted(
    (
        tuple(form.split())
        for form in (
            "cong ty", "tong cong ty", "tap doan", "co phan", "cp", "trach nhiem huu han", "tnhh", "mot thanh vien",
            "mtv", "hai thanh vien tro len", "ctcp", "cty", "ct", "tmcp", "thuong mai co phan", "dntn",
            "doanh nghiep tu nhan", "doanh nghiep", "hop tac xa", "htx", "lien hiep hop tac xa", "joint stock company",
            "joint stock", "jsc", "jsco", "company limited", "co ltd", "company", "limited", "ltd", "llc", "inc",
            "incorporated", "corporation", "corp", "co", "group", "plc", "gmbh", "pte", "j s c", "pty", "sa", "ag",
        )
    ),
    key=len,
    reverse=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What is left of a name, and its two halves: names one letter apart share one of the two."""

    key: str
    head: str
    tail: str


def of_name(name: str) -> Skeleton:
    """The skeleton of an organization's name; a name that is a legal form alone keeps it."""
    words = [_word(piece) for piece in _PARTED.split(_plain(name)) if piece]
    return _halved("".join(_without_forms(words)) or "".join(words))


def of_domain(domain: str) -> Skeleton:
    """The skeleton of a registered domain: neither its ending nor its dashes tell it from another."""
    return _halved(_word(_plain(domains.label(domain))))


def halves_within_one(key: str) -> tuple[list[str], list[str]]:
    """The heads and the tails that a key one letter away may have; whoever shares none of them is further away.

    A letter put in, left out or changed lies in one half of the other key; its other half is then ours. The last head
    is that of two neighbours exchanged across the middle.
    """
    lengths = [size for size in (len(key) - 1, len(key), len(key) + 1) if size >= SHORTEST_NEAR]
    middle = len(key) // 2
    heads = [*(key[: size // 2] for size in lengths), key[: middle - 1] + key[middle]] if lengths else []
    tails = [key[len(key) - (size - size // 2) :] for size in lengths]
    return heads, tails


def is_within_one(one: str, other: str) -> bool:
    """Whether one letter put in, left out, changed, or two neighbours exchanged make one key of the other.

    Another figure makes another name.
    """
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or list(filter(str.isdigit, one)) != list(filter(str.isdigit, other)):
        return False
    start = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    return one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]


def _plain(text: str) -> str:
    """Lower case, no marks, no invisible letters, look-alikes of other scripts as the letter they imitate."""
    folded = vietnamese.fold(unicodedata.normalize("NFKC", text))
    return vietnamese.fold(folded.translate(_LOOKS_LIKE))


def _word(piece: str) -> str:
    letters = "".join(filter(str.isalnum, piece))
    return letters if letters.isdigit() else letters.translate(_FIGURES)


def _without_forms(words: list[str]) -> list[str]:
    left: list[str] = []
    place = 0
    while place < len(words):
        form = next((one for one in _FORMS if tuple(words[place : place + len(one)]) == one), None)
        if form is None:
            left.append(words[place])
        place += len(form) if form else 1
    return left


def _halved(letters: str) -> Skeleton:
    for pair, looks in _PAIRS:
        letters = letters.replace(pair, looks)
    letters = letters[:120]
    middle = len(letters) // 2
    return Skeleton(letters, letters[:middle], letters[middle:])
