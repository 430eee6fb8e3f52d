"""Figures as people write them, in Vietnamese and in English."""

import re

FIGURE = r"\d+(?:[.,]\d+)*"


def value(written: str, language: str) -> float | None:
    """The number: 1.234,5 in Vietnamese, 1,234.5 in English; None for what is none."""
    thousands, decimal = (",", ".") if language == "en" else (".", ",")
    if "," in written and "." in written:  # the last one is the decimal mark, whatever the language
        decimal = max(",.", key=written.rfind)
        thousands = "," if decimal == "." else "."
    elif decimal not in written and re.search(rf"\{thousands}(?!\d{{3}}(?:\D|$))", written):
        thousands, decimal = decimal, thousands  # 12.5 in a Vietnamese text is twelve and a half
    try:
        return float(written.replace(thousands, "").replace(decimal, "."))
    except ValueError:
        return None


def written(number: float, language: str) -> str:
    """With one decimal at most."""
    plain = f"{number:,.1f}".removesuffix(".0")
    return plain if language == "en" else plain.translate(str.maketrans(",.", ".,"))
