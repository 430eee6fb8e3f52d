"""Vietnamese spelling: folding for search, the two tone placements, order, reading time."""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

# Combining marks of Latin letters only: those of other scripts carry vowels and stay.
_MARKS = re.compile(r"[\u0300-\u036f]+")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_ANY_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Ð (eth, U+00D0) is what older Vietnamese keyboards wrote for Đ.
_FOLDED_LETTERS = {ord("đ"): "d", ord("ð"): "d"}
_PLAIN = {**_INVISIBLE, **_FULL_WIDTH}
# No XML may hold these (XML 1.0, section 2.2): one in a headline would break every feed; PostgreSQL refuses NUL.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OLD_PLACEMENT = re.compile(rf"(o)([{_TONES}])([ae])|(u)([{_TONES}])(y)|(qu)([{_TONES}])([aeo])")
# Chinese and Japanese letters: nothing parts their words, so each stands for itself.
_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SYLLABLE = re.compile(
    rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}](?:[^\W_{_IDEOGRAPHS}]|[\u0300-\u036f\u00ad\u200b-\u200d])*"
)

# Anything but Latin letters of every sort, punctuation and currencies: marks that join, scripts that part no words.
_UNUSUAL = re.compile("[^\x00-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u205f\u20a0-\u20bf]")


def _between() -> re.Pattern[bytes]:
    """What of those is no letter and no digit, as UTF-8 of several bytes, grouped by the first: so it is soon found."""
    rest: dict[int, list[bytes]] = defaultdict(list)
    for code in range(0x80, 0x300):
        if not chr(code).isalnum():
            first, second = chr(code).encode()
            rest[first].append(re.escape(bytes([second])))
    groups = [re.escape(bytes([first])) + b"[" + b"".join(seconds) + b"]" for first, seconds in rest.items()]
    return re.compile(b"|".join([rb"\xe2[\x80-\x82].", *groups]), re.DOTALL)


_BETWEEN = _between()
_SPACED = bytes(code if code > 0x7F or chr(code).isalnum() else 0x20 for code in range(0x100))

_SYLLABLES_A_MINUTE = 250
_WORDS_A_MINUTE = 220

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Level, grave, hook, tilde, acute, dot: the order of Vietnamese dictionaries.
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# For a class of a regular expression: no range of code points holds the capitals of Vietnamese and nothing else.
CAPITALS = "".join(letter for code in range(0x1F00) if (letter := chr(code)).isupper())
LETTERS = ("A", "B", "C", "D", "Đ", *"EFGHIJKLMNOPQRSTUVWXYZ", "#")

_LEGAL_FORMS = sorted(
    (
        tuple(form.split())
        for form in (
            "cong ty tnhh mot thanh vien",
            "cong ty tnhh mtv",
            "cong ty tnhh",
            "cong ty trach nhiem huu han mot thanh vien",
            "cong ty trach nhiem huu han",
            "cong ty co phan",
            "cong ty cp",
            "cong ty",
            "ctcp",
            "cty",
            "cty tnhh",
            "cty cp",
            "tap doan",
            "tong cong ty",
            "doanh nghiep tu nhan",
            "dntn",
            "hop tac xa",
            "lien hiep hop tac xa",
            "ngan hang tmcp",
            "ngan hang thuong mai co phan",
        )
    ),
    key=len,
    reverse=True,
)


def nfc(text: str) -> str:
    """The text in composed letters (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def kept(text: str) -> str:
    """The text as Loa keeps it: composed, without what no feed or database can hold, and never longer than typed."""
    plain = _UNKEEPABLE.sub("", text)
    composed = nfc(plain)
    # A few letters of other scripts come apart in NFC; the form has counted the letters already.
    return composed if len(composed) <= len(text) else plain


def fold(text: str) -> str:
    """Lower case without tones and vowel marks, đ as d: what a hurried reader types."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_PLAIN)))
    # Lower case first meets İ, whose lower form carries a mark of its own.
    lowered = _MARKS.sub("", bare.lower()).translate(_FOLDED_LETTERS)
    return unicodedata.normalize("NFC", lowered)


def canonical_tone(text: str) -> str:
    """One lower-case key for both tone placements: hòa and hoà, thuý and thúy, qủa and quả."""
    lowered = unicodedata.normalize("NFD", text.translate(_PLAIN).lower())
    return nfc(_OLD_PLACEMENT.sub(_move_tone, lowered))


def _move_tone(match: re.Match[str]) -> str:
    before, tone, after = (group for group in match.groups() if group is not None)
    return before + after + tone


def syllables(text: str) -> list[str]:
    """The runs of letters and digits, in reading order, composed, otherwise as written."""
    # Most texts hold none, and looking is ten times quicker than translating.
    return SYLLABLE.findall(nfc(text.translate(_INVISIBLE) if _ANY_INVISIBLE.search(text) else text))


def reading_minutes(text: str, language: str = "vi") -> int:
    """Whole minutes of reading, halves up, at least one."""
    a_minute = speed(language)
    return max(1, (2 * _count(nfc(text)) + a_minute) // (2 * a_minute))


def speed(language: str = "vi") -> int:
    """Words of a language that are read in a minute; of Vietnamese its syllables."""
    return _SYLLABLES_A_MINUTE if language.partition("-")[0] == "vi" else _WORDS_A_MINUTE


def _count(composed: str) -> int:
    """How many syllables; where every letter is Latin, runs of letters, counted as bytes in half the time."""
    if _UNUSUAL.search(composed):
        return len(syllables(composed))
    return len(_BETWEEN.sub(b" ", composed.encode()).translate(_SPACED).split())


def sort_name(name: str) -> str:
    """The name without its legal form ("Công ty TNHH", "Tập đoàn"), unless nothing is left."""
    words = nfc(name).split()
    keys = tuple(fold(word).strip(".,") for word in words)
    for form in _LEGAL_FORMS:
        if keys[: len(form)] == form and len(words) > len(form):
            return " ".join(words[len(form) :])
    return " ".join(words)


@lru_cache(maxsize=4_000)  # the names of topics and places are put in order for each page that holds them
def sort_key(name: str) -> str:
    """A string whose plain order is the order of the Vietnamese alphabet, tones second.

    It is letters A–Z and digits only, so that every database sorts it alike.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in syllables(name.translate(_FULL_WIDTH).lower().replace("ð", "đ")):
        if letters:
            letters.append("01")
            tones.append("0")
        for letter in word:
            tone, base = _split_tone(letter)
            letters.append(_rank(base))
            tones.append(tone)
    return "".join(letters) + "00" + "".join(tones)


def _split_tone(letter: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", letter)
    tone = "".join(_TONE_RANK.get(mark, "") for mark in decomposed) or "0"
    return tone[0], nfc("".join(mark for mark in decomposed if mark not in _TONE_RANK))


def _rank(letter: str) -> str:
    place = _ALPHABET.find(letter)
    if place < 0:
        place = _ALPHABET.find(fold(letter) or " ")
    if place >= 0:
        return f"A{place:02d}"
    return f"1{letter}" if letter in "0123456789" else f"Z{ord(letter[0]):06X}"


def initial(name: str) -> str:
    """The letter a name stands under in an A–Z, legal form aside.

    One of LETTERS: Đ is a letter of its own as in Vietnamese lists, Ă and Â stand under A,
    and whatever begins with no Latin letter stands under "#".
    """
    return initial_of(sort_key(sort_name(name)))


def initial_of(key: str) -> str:
    """The same of a name's `sort_key`."""
    return next(letter for letter, parts in STRETCHES.items() if any(begins <= key < ends for begins, ends in parts))


def _stretches() -> dict[str, list[tuple[str, str]]]:
    begins = {letter: _rank(letter.lower()) for letter in LETTERS[:-1]}
    ends = [*list(begins.values())[1:], "B"]
    found = {letter: [(begun, end)] for (letter, begun), end in zip(begins.items(), ends, strict=True)}
    return {**found, "#": [("", "A"), ("B", "ZZ")]}


STRETCHES = _stretches()
"""Where in the order of `sort_key` each letter of an A–Z begins, and before which key it ends."""
