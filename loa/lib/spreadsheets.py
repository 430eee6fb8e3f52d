"""Texts as cells of a table that a spreadsheet opens."""

# What makes a formula of a cell (OWASP, “CSV Injection”), in the wide letters of East Asia too.
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_words(text: str) -> str:
    """The text, with an apostrophe before one that would be reckoned."""
    return f"'{text}" if text.startswith(_SIGNS) else text
