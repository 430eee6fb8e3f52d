"""Money: whole units of a currency, as it is written and as it is said in words."""

import re

_NAMES = {
    "vi": {"VND": "đồng", "USD": "đô la Mỹ", "EUR": "euro"},
    "en": {"VND": "Vietnamese dong", "USD": "US dollars", "EUR": "euros"},
}
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_GROUPS = ("", "thousand", "million", "billion", "trillion", "quadrillion")


def shown(amount: int, currency: str, language: str) -> str:
    """The amount as a language writes it: "2.000.000 ₫", "VND 2,000,000"."""
    minus, digits = ("−" if amount < 0 else ""), f"{abs(amount):,}"
    if language != "vi":
        return f"{minus}{currency}\N{NO-BREAK SPACE}{digits}"
    return f"{minus}{digits.replace(',', '.')}\N{NO-BREAK SPACE}{'₫' if currency == 'VND' else currency}"


def in_words(amount: int, currency: str, language: str) -> str:
    """The amount as an invoice says it: "Hai triệu đồng chẵn", "Two million Vietnamese dong"."""
    spoken = "vi" if language == "vi" else "en"
    name = _NAMES[spoken].get(currency, currency)
    size = abs(amount)
    if spoken == "vi":
        # "chẵn": nothing may be written behind it. Round sums only have it by custom, from a thousand on.
        said = f"{_vietnamese(size)} {name}{' chẵn' if size and size % 1000 == 0 else ''}"
        said = f"âm {said}" if amount < 0 else said
    else:
        said = f"{'minus ' if amount < 0 else ''}{_english(size)} {name}"
    return said[0].upper() + said[1:]


def read(typed: str) -> int:
    """Whole units from what people and banks write: 1.234.567, 1,234,567.00, "+2 000 000 VND". Raises ValueError.

    A separator before one or two last digits is decimal, and those must be zeros; before three it parts thousands.
    """
    bare = re.sub(r"[\s\u00a0\u202f_'’]|VND|VNĐ|đ|₫|d$", "", typed.strip(), flags=re.IGNORECASE)
    match = re.fullmatch(r"([+\-−(]?)([0-9][0-9.,]*)\)?", bare)
    if match is None:
        raise ValueError(f"no amount: {typed[:40]!r}")
    sign, digits = match.groups()
    parted = re.fullmatch(r"(.+)[.,](\d{1,2})", digits)
    whole, cents = parted.groups() if parted else (digits, "")
    if cents.strip("0"):
        raise ValueError(f"parts of a unit: {typed[:40]!r}")
    if not re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+", whole):
        raise ValueError(f"no amount: {typed[:40]!r}")
    amount = int(re.sub(r"[.,]", "", whole))
    return -amount if sign in ("-", "−", "(") else amount


def without_tax(total: int, basis_points: int) -> tuple[int, int]:
    """A price that holds its tax, parted: the net amount (halves up) and the tax; together the total again.

    `basis_points` are hundredths of a percent: 800 is 8 %.
    """
    share = 10_000 + basis_points
    net = (2 * abs(total) * 10_000 + share) // (2 * share)
    net = -net if total < 0 else net
    return net, total - net


def _groups(size: int) -> list[tuple[int, int]]:
    """Three digits at a time, the highest first, each with its place."""
    found = [((size // 1000**place) % 1000, place) for place in range(len(_GROUPS))]
    return [(group, place) for group, place in reversed(found) if group]


def _vietnamese(size: int) -> str:
    if not size:
        return _DIGITS[0]
    words: list[str] = []
    for group, place in _groups(size):
        words += [_three(group, is_first=not words), _GROUPS[place]]
    return " ".join(word for word in words if word)


def _three(group: int, *, is_first: bool) -> str:
    """A group of three digits; inside a number its leading zeros are said: "không trăm linh năm"."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones:
            words += [*(["linh"] if words else []), _DIGITS[ones]]
        return " ".join(words)
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(
            {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(ones, _DIGITS[ones])
        )
    return " ".join(words)


def _english(size: int) -> str:
    if not size:
        return _ONES[0]
    words: list[str] = []
    for group, place in _groups(size):
        words += ["and"] if words and not place and group < 100 else []
        words += [_english_three(group), _ENGLISH_GROUPS[place]]
    return " ".join(word for word in words if word)


def _english_three(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [_ONES[hundreds], "hundred"] if hundreds else []
    if rest:
        words += ["and"] if hundreds else []
        words.append(_ONES[rest] if rest < 20 else _TENS[rest // 10] + (f"-{_ONES[rest % 10]}" if rest % 10 else ""))
    return " ".join(words)
