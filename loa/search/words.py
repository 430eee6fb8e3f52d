"""Letters to terms: what is one word in each script, and the two forms it is looked for in.

Scripts that part their words by spaces give a term a word. Chinese, Japanese, Thai, Lao, Khmer and Burmese do not:
there each letter with its marks is a term, and neighbours in pairs (bigrams) stand for words.
"""

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from loa.lib.vietnamese import canonical_tone, fold, nfc

# Longer "words" are machine noise (encoded pictures, hashes); both sides cut them alike.
_LONGEST = 60

_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uaa60-\uaa7f"
_UNSPACED = _CJK + _SOUTH_EAST
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"


def _marks() -> str:
    """Every mark that stands on or beside a letter, as ranges of a character class."""
    found = [code for code in range(0x300, 0x20000) if unicodedata.category(chr(code)) in ("Mn", "Mc")]
    starts = [code for before, code in zip([-1, *found], found, strict=False) if code != before + 1]
    ends = [code for code, after in zip(found, [*found[1:], sys.maxunicode], strict=True) if after != code + 1]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(starts, ends, strict=True))


_JOINED = _marks() + _INVISIBLE
_WORD = re.compile(rf"(?=[^\W_])[{_UNSPACED}][{_JOINED}]*|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_JOINED}])*")
_PLAIN_WORD = re.compile(r"\w+")
# Anything but Latin letters of every sort, punctuation and currencies; a class of few ranges is soon looked through.
_UNUSUAL = re.compile("[^\x00-\x5e\x60-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u205f\u20a0-\u20bf]")
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]")

_POINTS_BETWEEN = ',.":;()“”/-'
# Short vowels, nunation, the long dash that only stretches a word; Hebrew points.
_POINTS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05c7]")
_DIGITS = {code: str(unicodedata.digit(chr(code))) for code in (*range(0x660, 0x66A), *range(0x6F0, 0x6FA))}
# Letters of Arabic and Persian keyboards that readers take for one another, and Latin ones without a mark to take off.
_ALIKE = str.maketrans("أإآٱىیةكؤئ", "ااااييهكوي") | {
    ord("ک"): "ك", ord("ø"): "o", ord("ł"): "l", ord("ı"): "i", ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe",
}  # fmt: skip


def words(text: str) -> list[str]:
    """The words in reading order, composed, otherwise as written."""
    composed = nfc(text)
    # Most texts hold letters, digits and points only, and are cut in half the time.
    return (_WORD if _UNUSUAL.search(composed) else _PLAIN_WORD).findall(composed)


def spans(text: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Folded form, exact form and place of every word of a text that is composed already."""
    for match in (_WORD if _UNUSUAL.search(text) else _PLAIN_WORD).finditer(text):
        yield *forms(match[0]), match.span()


def spans_of(text: str, terms: Collection[str]) -> list[tuple[str, str, tuple[int, int]]]:
    """The same, of the words whose folded form is one of these; five times as quick where few are."""
    if not terms:
        return []
    if _NOT_PLAIN.search(text) or any(len(term) >= _LONGEST for term in terms):
        return [one for one in spans(text) if one[0] in terms]
    found = _finder(frozenset(terms)).finditer(text)
    return [(*forms(match[0]), match.span()) for match in found]


@lru_cache(maxsize=256)
def _finder(terms: frozenset[str]) -> re.Pattern[str]:
    """Finds the terms in every spelling of every letter."""
    spelt = ("".join(_SPELLINGS.get(letter, re.escape(letter)) for letter in term) for term in sorted(terms))
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)")


def is_unspaced(text: str) -> bool:
    """Whether it holds more than one letter of a script that parts no words."""
    return len(_UNSPACED_LETTER.findall(text)) > 1


# A language has some thousand syllables and an archive millions of them: most were met before.
@lru_cache(maxsize=60_000)
def forms(word: str) -> tuple[str, str]:
    """A word folded (what a hurried reader types) and exact, apart from case and from where the tone stands (hòa, hoà).

    Soft hyphens and zero-width letters are no part of either; full-width, Arabic and Persian digits are plain ones.
    """
    plain = _POINTS.sub("", _HIDDEN.sub("", word)).translate(_DIGITS)
    folded = fold(plain.lower().translate(_ALIKE)).translate(_ALIKE)
    return folded[:_LONGEST], canonical_tone(plain)[:_LONGEST]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms one behind the other, parted by spaces: folded, exact, and as pairs of folded neighbours ("thong_tin")."""

    folded: str = ""
    exact: str = ""
    pairs: str = ""


def terms(text: str) -> Terms:
    """All the terms of a text in reading order."""
    for point in _POINTS_BETWEEN:  # what parts words anyway; with it every word would be met in many guises
        text = text.replace(point, " ")
    known = list(filter(None, map(_pieces.__getitem__, text.split())))
    if not known:
        return Terms()
    folded, exact, doubled = zip(*known, strict=True)
    # Each word stands twice, "a a" and "b b": joined they are "a a_b b", pairs but for both ends.
    ends = "_".join(doubled)
    pairs = ends[ends.index(" ") + 1 : ends.rindex(" ")]
    return Terms(" ".join(folded), " ".join(exact), pairs)


class _Pieces(dict[str, tuple[str, ...]]):
    """What stands between two spaces, one word mostly, as terms: folded, exact, doubled.

    They come again and again as words do; what was met before takes a look and no thought.
    """

    MOST, LONGEST = 60_000, 40

    def __missing__(self, piece: str) -> tuple[str, ...]:
        both = [forms(word) for word in words(piece)]
        said = [" ".join(form) for form in zip(*both, strict=True)]
        made = (*said, "_".join([f"{folded} {folded}" for folded, _ in both])) if both else ()
        if len(piece) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[piece] = made
        return made


_pieces = _Pieces()


def exact_terms(text: str) -> list[str]:
    """The terms as written."""
    return [forms(word)[1] for word in words(text)]


def folded_terms(text: str) -> list[str]:
    """The same terms without marks."""
    return [forms(word)[0] for word in words(text)]


def _letters() -> tuple[dict[str, str], re.Pattern[str]]:
    """What may be written for each folded letter, as a class of characters; and what spellings cannot say."""
    folded = {chr(code): forms(chr(code))[0] for code in range(0x2100) if not _UNUSUAL.match(chr(code))}
    written: dict[str, str] = defaultdict(str)
    for letter, form in folded.items():
        written[form] += letter
    spelt = {form: f"[{re.escape(letters)}]" for form, letters in written.items() if len(form) == 1}
    longer = "".join(letter for letter, form in folded.items() if len(form) > 1)
    return spelt, re.compile(f"{_UNUSUAL.pattern}|[{re.escape(longer)}]")


_SPELLINGS, _NOT_PLAIN = _letters()
