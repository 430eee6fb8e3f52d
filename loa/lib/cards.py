"""Draws the picture that stands for a text where its address is shared: who says what, on paper.

1200 × 630 points, as Open Graph readers expect; few colours, so that it stays far below 120 kB as PNG. Letters the
fonts do not have are never drawn as empty boxes: where too many are missing, the sender's name stands for the headline.
"""

import io
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from loa.lib import fonts

WIDTH, HEIGHT = 1200, 630
_EDGE: Final = 72
_TOP_OF_HEADLINE, _END_OF_HEADLINE = 164, 492
_PAPER, _INK, _QUIET, _LINE = "#fcfcfa", "#14171c", "#5b6169", "#dcdcd6"
_SIZES: Final = (92, 84, 76, 70, 64, 58, 53, 48, 44, 40)  # of the headline, largest first
_MOST_LINES: Final = {92: 3, 84: 3, 76: 3, 70: 3, 64: 4, 58: 4, 53: 5, 48: 5, 44: 6, 40: 6}
_LEADING: Final = 1.16  # two marks above one letter (ẫ, Ổ) need this much
_COLOURS: Final = 48
_MOST_LETTERS: Final = 400
_MISSING_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is written on a picture; the headline may be in any script."""

    headline: str
    sender: str
    portal: str
    accent: str  # #rrggbb
    label: str = ""  # what it is: "Thông cáo báo chí"
    when: str = ""
    logo: Path | None = None


def draw(card: Card) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=card.accent)
    _masthead(pen, card)
    _headline(pen, card)
    _foot(image, pen, card)
    # Text on paper has few colours: a palette holds them all and is a third of the size.
    small = image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def can_write(text: str, file: Path = fonts.SERIF_SEMIBOLD) -> bool:
    """Whether a font has (nearly) all letters of a text."""
    letters = [letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum()]
    missing = sum(not _has(file, letter) for letter in letters)
    return bool(letters) and missing <= len(letters) * _MISSING_SHARE


def _able(text: str, sans: Path) -> Path:
    """The font a small text is set in; the serif knows Cyrillic and Greek too."""
    return sans if can_write(text, sans) else fonts.SERIF_SEMIBOLD


def _masthead(pen: ImageDraw.ImageDraw, card: Card) -> None:
    font = _font(fonts.SERIF_SEMIBOLD, 42)
    name = _fitted(_writable(card.portal, fonts.SERIF_SEMIBOLD), font, 620)
    start = name.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")  # a name ending in capitals carries the accent on them
    pen.text((_EDGE, 104), start, font=font, fill=_INK, anchor="ls")
    pen.text((_EDGE + font.getlength(start), 104), name[len(start) :], font=font, fill=card.accent, anchor="ls")
    file = _able(card.label, fonts.SANS_SEMIBOLD)
    label = _fitted(_writable(card.label, file), small := _font(file, 24), 400)
    pen.text((WIDTH - _EDGE, 104), label, font=small, fill=card.accent, anchor="rs")
    pen.line((_EDGE, 130, WIDTH - _EDGE, 130), fill=_INK, width=2)


def _headline(pen: ImageDraw.ImageDraw, card: Card) -> None:
    text = next((said for said in (card.headline, card.sender) if can_write(said)), card.portal)
    size, lines = _set(_writable(text, fonts.SERIF_SEMIBOLD)[:_MOST_LETTERS])
    font, step = _font(fonts.SERIF_SEMIBOLD, size), round(size * _LEADING)
    free = _END_OF_HEADLINE - _TOP_OF_HEADLINE - step * len(lines)
    y = _TOP_OF_HEADLINE + max(0, min(free // 2, 70)) + round(size * 0.92)
    for line in lines:
        pen.text((_EDGE - round(size * 0.03), y), line, font=font, fill=_INK, anchor="ls")
        y += step


def _foot(image: Image.Image, pen: ImageDraw.ImageDraw, card: Card) -> None:
    pen.line((_EDGE, 520, WIDTH - _EDGE, 520), fill=_LINE, width=2)
    file, middle = _able(card.when, fonts.SANS), 567
    when, small = _writable(card.when, file), _font(file, 24)
    pen.text((WIDTH - _EDGE, middle), when, font=small, fill=_QUIET, anchor="rm")
    left = _EDGE + (76 if _logo(image, card.logo, (_EDGE, middle - 28, 56)) else 0)
    font = _font(file := _able(card.sender, fonts.SANS_SEMIBOLD), 29)
    room = WIDTH - _EDGE - left - small.getlength(when) - 40
    sender = _fitted(_writable(card.sender, file), font, room)
    pen.text((left, middle), sender, font=font, fill=_INK, anchor="lm")


def _logo(image: Image.Image, file: Path | None, place: tuple[int, int, int]) -> bool:
    """The sender's mark in its square; a file that cannot be read is left out."""
    left, top, side = place
    if file is None:
        return False
    try:
        with Image.open(file, formats=("WEBP", "PNG", "JPEG")) as opened:
            opened.thumbnail((side, side), Image.Resampling.LANCZOS)
            mark = opened.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError):
        return False
    image.paste(mark, (left + (side - mark.width) // 2, top + (side - mark.height) // 2), mark)
    return True


def _set(text: str) -> tuple[int, list[str]]:
    """The largest size at which a text stands in its lines, and the lines; the longest is cut with “…”."""
    for size in _SIZES:
        lines = _broken(text, _font(fonts.SERIF_SEMIBOLD, size), WIDTH - 2 * _EDGE)
        if len(lines) <= _MOST_LINES[size]:
            return size, _balanced(text, size, len(lines))
    font, most = _font(fonts.SERIF_SEMIBOLD, _SIZES[-1]), _MOST_LINES[_SIZES[-1]]
    lines = _broken(text, font, WIDTH - 2 * _EDGE)
    last = _fitted(" ".join(lines[most - 1 :]), font, WIDTH - 2 * _EDGE)
    return _SIZES[-1], [*lines[: most - 1], last]


def _balanced(text: str, size: int, count: int) -> list[str]:
    """The same number of lines, as even as words allow: no single word is left on the last one."""
    font, width = _font(fonts.SERIF_SEMIBOLD, size), WIDTH - 2 * _EDGE
    narrow, wide = width // 2, width
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        if len(_broken(text, font, middle)) <= count:
            wide = middle
        else:
            narrow = middle
    return _broken(text, font, wide)


def _broken(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines no wider than this, broken between words; a longer word is broken inside."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= width:
            lines[-1] = joined
            continue
        lines += _cut(word, font, width)
    return lines


def _cut(word: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    pieces = []
    while font.getlength(word) > width and len(word) > 1:
        length = max(1, bisect_right(range(len(word)), width, key=lambda n: font.getlength(word[:n])) - 1)
        pieces.append(word[:length])
        word = word[length:]
    return [*pieces, word]


def _fitted(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """The text, shortened with “…” to this width."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1].rstrip(" ,;:–-")
    return f"{text}…"


def _writable(text: str, file: Path) -> str:
    """The text without what this font has no form for (emoji, other scripts), spaces made single."""
    if not can_write(text, file):
        return ""
    kept = (letter for letter in unicodedata.normalize("NFC", text) if letter.isspace() or _has(file, letter))
    return " ".join("".join(kept).split())


@cache
def _has(file: Path, letter: str) -> bool:
    """Whether a font has a letter: what it has not is drawn as the form of U+FFFF, which no font has."""
    if unicodedata.combining(letter) or unicodedata.category(letter)[0] == "C":
        return False
    font = _font(file, 32)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff")) or letter.isspace()


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    # The same letters on every machine: the basic layout needs no library of the system.
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
