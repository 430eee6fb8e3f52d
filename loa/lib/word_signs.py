"""What a block of a text is by its looks and words, where no style says so."""

import re

from loa.lib import word_patterns as says
from loa.lib.word_blocks import Block


def is_all(block: Block, tag: str) -> bool:
    """Whether it is nothing but words marked so ("em", "strong")."""
    return block.is_text and re.fullmatch(rf"(?:<{tag}>[^<]*</{tag}>\s*)+", block.html) is not None


def is_like_caption(block: Block) -> bool:
    """Whether it reads like the words under a picture."""
    if not block.is_text or block.pictures or len(block.text) > 400:
        return False
    is_said = says.CAPTION.match(block.text) or says.CREDIT.search(block.text)
    return bool(is_said) or is_all(block, "em")


def is_end(block: Block) -> bool:
    """Whether it is a mark of the end."""
    return block.tag == "p" and not block.pictures and bool(block.text) and says.END.match(block.text) is not None


def is_contact(block: Block) -> bool:
    """Whether the contact begins here."""
    match = says.CONTACT.match(block.text) if not block.pictures else None
    return match is not None and len(block.text) < (500 if block.tag in ("p", "table") else 160)


def is_about(block: Block) -> bool:
    """Whether the lasting words about the organization begin here."""
    is_line = len(block.text) <= 130 and (block.level or block.is_bold or block.text.endswith(":") or block.is_text)
    return bool(is_line and says.ABOUT_START.match(block.text) and _about_line(block.text))


def _about_line(text: str) -> bool:
    start = says.ABOUT_START.match(text)
    if start is None:
        return False
    lowered = text[: start.end()].lower() + text[start.end() :]
    return says.ABOUT.match(lowered) is not None


def is_like_heading(block: Block, following: Block | None) -> bool:
    """Whether it stands above what follows, though nobody made it a heading."""
    is_short = block.is_bold and len(block.text) <= 120 and not block.text.endswith((".", ",", ";", ":", "”"))
    return is_short and following is not None and not following.is_bold and not following.level
