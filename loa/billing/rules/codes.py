"""The code of an order: short enough for a bank's note, and so far from every other that no typing error reaches one.

`LOA` and eight characters: five chosen at random and three that check them, a Reed–Solomon code over the 23 elements
of GF(23). Any two codes differ in at least four of the eight places, so up to three wrong characters are always
noticed; anything else that is random passes once in 23³ = 12,167 times, and then no order has that code. A code is
never corrected, only accepted or refused: a wrong guess would give somebody's money to somebody else.

The alphabet has one character of each family that print and handwriting confuse; the others of the family are read
as that one, so a Z for a 2 is no error at all.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

PREFIX = "LOA"
ALPHABET = "2346789ACEFHJKMNPRTUWXY"  # 23, a prime; no 0 1 5 B D G I L O Q S V Z
CHOSEN, CHECKS = 5, 3
LENGTH = CHOSEN + CHECKS
_FIELD = len(ALPHABET)
_ROOT = 5  # its powers are all the elements but zero
_READ_AS = str.maketrans("BGVZ", "86U2")
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_PREFIX = re.compile(r"(?=[L1I|][O0QD][A4])")
_NOTHING = re.compile(r"[^0-9A-Z|]+")
_ALONE = re.compile(rf"[0-9A-Z]{{{LENGTH}}}")


@dataclass(frozen=True)
class Found:
    """A code read in a note; `is_bare` when it stood there as a word of its own, without LOA."""

    code: str
    is_bare: bool = False


def new() -> str:
    """A code at random; the caller takes another when an order has it."""
    return made_of([secrets.randbelow(_FIELD) for _ in range(CHOSEN)])


def made_of(chosen: list[int]) -> str:
    """The code of five elements: they and the remainder that makes the whole a multiple of the generator."""
    remainder = [*chosen, *[0] * CHECKS]
    generator = _generator()
    for place in range(CHOSEN):
        factor = remainder[place]
        for offset, coefficient in enumerate(generator):
            remainder[place + offset] = (remainder[place + offset] - factor * coefficient) % _FIELD
    values = [*chosen, *[-value % _FIELD for value in remainder[CHOSEN:]]]
    return PREFIX + "".join(ALPHABET[value] for value in values)


def is_right(body: str) -> bool:
    """Whether eight characters are a code: zero at the first three powers of the root."""
    values = [_VALUE.get(character) for character in body]
    if len(values) != LENGTH or None in values:
        return False
    return all(_at(pow(_ROOT, power, _FIELD), values) == 0 for power in range(1, CHECKS + 1))  # type: ignore[arg-type]  # no None is left


def read(typed: str) -> str | None:
    """The code somebody typed as such, with LOA or without; None when it is none."""
    found = {one.code for one in found_in(typed)}
    return found.pop() if len(found) == 1 else None


def found_in(note: str) -> list[Found]:
    """Every code in a bank's note, each once: whatever its case, glued, parted, between what banks put around it."""
    upper = _plain(note)
    named = dict.fromkeys(_after_prefix(_NOTHING.sub("", upper)))
    bare = dict.fromkeys(PREFIX + body for body in _alone(upper))
    return [Found(code) for code in named] + [Found(code, is_bare=True) for code in bare if code not in named]


def joined(note: str) -> str:
    """A note as the reading of a code sees it: letters and digits only, look-alikes read as the one of their family."""
    return _NOTHING.sub("", _plain(note)).translate(_READ_AS)


def _after_prefix(glued: str) -> Iterator[str]:
    for match in _PREFIX.finditer(glued):
        body = glued[match.start() + len(PREFIX) :][:LENGTH].translate(_READ_AS)
        if is_right(body):
            yield PREFIX + body


def _alone(upper: str) -> Iterator[str]:
    for word in _NOTHING.split(upper):
        if _ALONE.fullmatch(word) and is_right(body := word.translate(_READ_AS)):
            yield body


def _plain(note: str) -> str:
    """Capitals without marks; a telephone's full-width letters as plain ones."""
    bare = unicodedata.normalize("NFKD", note[:1000].replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).upper()


def _generator() -> list[int]:
    """The product of (x - root^i) for the first powers; the highest coefficient first."""
    product = [1]
    for power in range(1, CHECKS + 1):
        root = pow(_ROOT, power, _FIELD)
        shifted, scaled = [*product, 0], [0, *[coefficient * root for coefficient in product]]
        product = [(one - other) % _FIELD for one, other in zip(shifted, scaled, strict=True)]
    return product


def _at(point: int, values: list[int]) -> int:
    result = 0
    for value in values:
        result = (result * point + value) % _FIELD
    return result
