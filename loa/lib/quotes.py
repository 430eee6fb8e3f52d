"""Quotes as blocks of a text.

An author marks where a quote stands by a line of its own, "[trích 1]" or "[quote 1]", which any editor and any plain
field can hold; what is marked nowhere follows the text.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape

_PLACE = re.compile(r"<p>\s*\[(?:trích|quote)\s+(\d{1,2})\]\s*</p>", re.IGNORECASE)


def place(body_html: str, quotes: Sequence[Mapping[str, object]]) -> str:
    """Clean markup with each quote as a figure where it is marked, once; a mark without its quote is taken out."""
    left = {str(number): _block(quote) for number, quote in enumerate(quotes, start=1)}
    placed = _PLACE.sub(lambda mark: left.pop(str(int(mark[1])), ""), body_html)
    return "\n".join(piece for piece in (placed.strip(), *left.values()) if piece)


def _block(quote: Mapping[str, object]) -> str:
    words = "".join(f"<p>{escape(line, quote=False)}</p>" for line in str(quote["text"]).splitlines() if line.strip())
    role = str(quote.get("role") or "")
    who = escape(str(quote["name"]), quote=False) + (f", {escape(role, quote=False)}" if role else "")
    return f"<figure><blockquote>{words}</blockquote><figcaption>{who}</figcaption></figure>"
