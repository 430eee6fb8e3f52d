"""Letters to terms: what is one word in each script, and the two forms it is looked for in.

Scripts that part their words by spaces give a term a word. Chinese, Japanese, Thai, Lao, Khmer and Burmese do not:
there each letter with its marks is a term, and neighbours in pairs (bigrams) stand for words.
"""

import codecs
import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

from loa.lib.vietnamese import canonical_tone, fold, nfc

# Longer "words" are machine noise (encoded pictures, hashes); both sides cut them alike.
LONGEST = 60

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
# What texts in Latin letters hold beside the letters; one with anything else is gone through word by word.
_SIGNS = "\n\t\xa0–—‘’“”•…₫€ơưșț£§©«®°±²³·»½×"
_NOTHING = "\ufffe"  # says that a byte stands for no letter
_HIDDEN = re.compile(f"[{_INVISIBLE}]")

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
    """The same, of the words whose folded form is one of these; in bytes they are found in no time."""
    if not terms:
        return []
    written = None if any(len(term) >= LONGEST for term in terms) else _folded_bytes(text)
    if written is None:
        return [one for one in spans(text) if one[0] in terms]
    known = filter(None, map(_folded_bytes, terms))  # a term of other letters is in no such text
    return [(*forms(text[start:end]), (start, end)) for start, end in sorted(_places(written, known))]


def _places(written: bytes, terms: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    for term in terms:
        at = written.find(term)
        while at >= 0:
            yield at, at + len(term) - 2
            at = written.find(term, at + len(term) - 1)


def _folded_bytes(text: str) -> bytes | None:
    """A folded byte for each letter, a space for what is none, and one at both ends; None where one has no byte."""
    written = in_bytes(text)
    return None if written is None else b" %b " % written.translate(FOLDED)


def in_bytes(text: str) -> bytes | None:
    """A composed text with a byte for each small letter or sign; None where one has none."""
    try:
        return codecs.charmap_encode(text.lower(), "strict", _CODES)[0]
    except UnicodeEncodeError:
        return None


def from_bytes(written: bytes) -> str:
    """The small letters and signs again."""
    return codecs.charmap_decode(written, "strict", LETTERS)[0]


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
    return folded[:LONGEST], canonical_tone(plain)[:LONGEST]


def exact_terms(text: str) -> list[str]:
    """The terms as written."""
    return [forms(word)[1] for word in words(text)]


def folded_terms(text: str) -> list[str]:
    """The same terms without marks."""
    return [forms(word)[0] for word in words(text)]


def _letters() -> str:
    """The small letters and signs that texts in Latin letters are mostly made of, each in the place of its byte.

    ASCII stands where it always does, the others in the places of its capitals and of controls that part no bytes, and
    beyond.
    """
    free = [code for code in range(0x0E, 0x100) if not 0x20 <= code < 0x7F or chr(code).isupper()]
    table = ["\0", *(chr(code) if code >= 0x20 and code not in free else _NOTHING for code in range(1, 0x100))]
    letters = [chr(code) for code in (*range(0xDF, 0x180), *range(0x1EA0, 0x1EFA))]
    single = [one for one in (*letters, *_SIGNS) if one == one.lower() and len(forms(one)[0]) == 1]
    for code, letter in zip(free, single, strict=False):
        table[code] = letter
    return "".join(table)


def _bytes_for(form: Callable[[str], str]) -> bytes:
    return bytes(LETTERS.index(form(one)) if one.isalnum() else ord(" ") for one in LETTERS)


LETTERS = _letters()
_CODES = codecs.charmap_build(LETTERS.replace("_", _NOTHING))  # in texts it is no sign: it joins what stands beside it
# To translate them by: letters folded, and as they are; what is no letter is a space.
FOLDED, SPACED = _bytes_for(lambda one: forms(one)[0]), _bytes_for(str)
