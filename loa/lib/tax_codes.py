"""Vietnamese tax codes (mã số thuế): ten digits with a check digit, and three more for a branch."""

import re

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_WRITTEN = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?")


def read(typed: str) -> str:
    """The code as it is printed (0123456789 or 0123456789-001) however it was typed. Raises ValueError."""
    match = _WRITTEN.fullmatch(re.sub(r"[\s.]", "", typed))
    if match is None:
        raise ValueError("a tax code has ten digits, or thirteen for a branch")
    whole, branch = match.groups()
    if not is_right(whole) or branch == "000":
        raise ValueError("the check digit of this tax code does not fit")
    return f"{whole}-{branch}" if branch else whole


def is_right(ten: str) -> bool:
    """Whether the tenth digit is the one the first nine ask for: 10 less their weighted sum modulo 11."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, ten, strict=False))
    return 10 - weighted % 11 == int(ten[9])


def read_any(typed: str) -> str:
    """The same, and the twelve digits of a household business, which are its owner's personal number: no check digit.

    They have been its tax code since 1 July 2025 (Circular 86/2024/TT-BTC). Raises ValueError.
    """
    digits = re.sub(r"[\s.]", "", typed)
    return digits if is_household(digits) else read(typed)


def is_household(code: str) -> bool:
    """Whether a code has twelve digits, which nothing in them confirms."""
    return re.fullmatch(r"[0-9]{12}", code) is not None


def for_readers(code: str) -> str:
    """The code as anyone may read it: of a personal number only the last three digits."""
    return f"•••••••••{code[-3:]}" if is_household(code) else code
