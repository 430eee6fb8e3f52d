"""How large files are, as people read it."""

from django.utils.formats import number_format

_UNITS = ((10**9, "GB", 1), (10**6, "MB", 1), (10**3, "kB", 0))
_NO_BREAK = "\N{NO-BREAK SPACE}"


def in_words(size: int) -> str:
    """Bytes as "4,9 GB", in the figures of the page's language and in thousands, as the limits are said."""
    for unit, name, digits in _UNITS:
        if size >= unit:
            figures = 0 if size % unit == 0 or size >= 100 * unit else digits
            return f"{number_format(round(size / unit, figures), figures)}{_NO_BREAK}{name}"
    return f"{size}{_NO_BREAK}B"
