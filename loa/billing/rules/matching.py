"""Which orders a transfer pays: decided from its note and amount alone, and never guessed."""

from collections.abc import Iterable
from dataclasses import dataclass

from loa.billing.rules import codes


@dataclass(frozen=True)
class Due:
    """An order that may be paid: its code, and how much is still missing (whole units, above zero)."""

    code: str
    missing: int


def shares(note: str, amount: int, live: Iterable[Due]) -> dict[str, int]:
    """How much of a transfer goes to which order, by code; what is left over goes to none.

    One live order named in the note gets what it misses. Several get theirs when the transfer is just their sum.
    A code without LOA counts only for exactly what that order misses: it may be part of another number.
    """
    missing = {due.code: due.missing for due in live}
    found = [one for one in codes.found_in(note) if one.code in missing]
    named = [one.code for one in found if not one.is_bare]
    if not named:
        named = [one.code for one in found if missing[one.code] == amount]
    if len(named) == 1:
        return {named[0]: min(amount, missing[named[0]])}
    if named and sum(missing[code] for code in named) == amount:
        return {code: missing[code] for code in named}
    return {}


def suggestions(note: str, amount: int, live: Iterable[Due], most: int = 3) -> list[str]:
    """The orders a person may want to look at first: codes a few characters away, then those that miss this amount."""
    rows = list(live)
    near = sorted((distance, due.code) for due in rows if (distance := _distance(note, due.code)) <= codes.CHECKS)
    alike = [due.code for due in rows if due.missing == amount]
    return list(dict.fromkeys([code for _, code in near] + alike))[:most]


def _distance(note: str, code: str) -> int:
    """In how many places the likest piece of a note differs from a code's eight characters."""
    joined = codes.joined(note)
    body = code[len(codes.PREFIX) :]
    pieces = (joined[at : at + codes.LENGTH] for at in range(max(0, len(joined) - codes.LENGTH) + 1))
    return min(sum(a != b for a, b in zip(piece.ljust(codes.LENGTH), body, strict=True)) for piece in pieces)
