"""Tables that a spreadsheet opens (RFC 4180): texts stay texts."""

import csv
import io
from collections.abc import Iterable

START = "\ufeff"
"""The mark by which spreadsheets know UTF-8; it stands before the first line."""

# What makes a formula of a cell (OWASP, “CSV Injection”), in the wide letters of East Asia too.
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_words(text: str) -> str:
    """The text, with an apostrophe before one that would be reckoned."""
    return f"'{text}" if text.startswith(_SIGNS) else text


def line(cells: Iterable[object]) -> str:
    """One line with its end; what is no text is written as Python writes it."""
    written = io.StringIO()
    csv.writer(written).writerow(as_words(one) if isinstance(one, str) else one for one in cells)
    return written.getvalue()
