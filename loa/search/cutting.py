"""All the terms of a text at once, as the index takes them.

A text in Latin letters is cut in bytes, of which each letter takes one; any other piece by piece, most of which were
met before.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from loa.lib.vietnamese import canonical_tone, fold, nfc
from loa.search import words

_POINTS_BETWEEN = ',.":;()“”/-'
_TONED = "òóỏõọùúủũụ"  # the first of two vowels, where old placement puts the tone
_VOWELS = frozenset("aeoy")


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms one behind the other, parted by spaces: folded, exact, and as pairs of folded neighbours ("thong_tin")."""

    folded: str = ""
    exact: str = ""
    pairs: str = ""


def terms(text: str) -> Terms:
    """All the terms of a text in reading order."""
    return _cut_in_bytes(nfc(text)) or _cut_in_pieces(text)


def _cut_in_bytes(text: str) -> Terms | None:
    """None where a letter has no byte, a word is as long as no word is, or a tone stands where it never does."""
    written = words.in_bytes(text)
    if written is None:
        return None
    folded = written.translate(words.FOLDED).split()
    if not folded:
        return Terms()
    placed, place = _old_placements()
    exact = placed.sub(place, written.translate(words.SPACED))
    if b"\0" in exact or max(map(len, folded)) > words.LONGEST:
        return None
    doubled = b"_".join(map(_doubled.__getitem__, folded))
    return Terms(
        words.from_bytes(b" ".join(folded)),
        words.from_bytes(b" ".join(exact.split())),
        words.from_bytes(doubled[doubled.index(b" ") + 1 : doubled.rindex(b" ")]),
    )


@cache
def _old_placements() -> tuple[re.Pattern[bytes], Callable[[re.Match[bytes]], bytes]]:
    """Finds òa, úy and, behind a q, ùa, and gives oà, uý, uà for them; a zero for what no byte could say."""
    vowels = [one for one in words.LETTERS if fold(one) in _VOWELS]
    moved: dict[tuple[bool, bytes], bytes] = {}
    for pair in (one + other for one in _TONED for other in vowels):
        for before in ("", "q"):
            better, written = canonical_tone(before + pair), words.in_bytes(pair)
            if better != before + pair and written:
                moved[bool(before), written] = (words.in_bytes(better) or b"\0").removeprefix(b"q")

    def place(found: re.Match[bytes]) -> bytes:
        is_behind_q = found.string[found.start() - 1 : found.start()] == b"q"
        return moved.get((is_behind_q, found[0]), found[0])

    first, second = (re.escape(words.in_bytes("".join(letters)) or b"") for letters in (_TONED, vowels))
    return re.compile(b"[%b][%b]" % (first, second)), place


class _Doubled(dict[bytes, bytes]):
    """Each word twice, "a a" and "b b": joined by "_" they are "a a_b b", pairs but for both ends."""

    MOST = 60_000

    def __missing__(self, word: bytes) -> bytes:
        if len(self) >= self.MOST:
            self.clear()
        self[word] = made = b"%b %b" % (word, word)
        return made


_doubled = _Doubled()


def _cut_in_pieces(text: str) -> Terms:
    for point in _POINTS_BETWEEN:  # what parts words anyway; with it every word would be met in many guises
        text = text.replace(point, " ")
    known = list(filter(None, map(_pieces.__getitem__, text.split())))
    if not known:
        return Terms()
    folded, exact, doubled = zip(*known, strict=True)
    ends = "_".join(doubled)
    return Terms(" ".join(folded), " ".join(exact), ends[ends.index(" ") + 1 : ends.rindex(" ")])


class _Pieces(dict[str, tuple[str, ...]]):
    """What stands between two spaces, one word mostly, as terms: folded, exact, doubled.

    They come again and again as words do; what was met before takes a look and no thought.
    """

    MOST, LONGEST = 60_000, 40

    def __missing__(self, piece: str) -> tuple[str, ...]:
        both = [words.forms(word) for word in words.words(piece)]
        said = [" ".join(form) for form in zip(*both, strict=True)]
        made = (*said, "_".join([f"{folded} {folded}" for folded, _ in both])) if both else ()
        if len(piece) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[piece] = made
        return made


_pieces = _Pieces()
