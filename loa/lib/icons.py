"""Draws the small picture a browser shows beside a page's name: the end of the portal's name on its colour."""

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from loa.lib import fonts

ICO_SIDES: Final = (16, 32, 48)
TOUCH_SIDE: Final = 180  # what telephones put on their first page
_LARGE: Final = 384  # drawn large and made small: edges stay smooth
_MOST: Final = 3  # letters that can be read at sixteen points
_PALE, _DARK = "#ffffff", "#14171c"


def mark_of(name: str) -> str:
    """What of a name fits: the capitals at its end ("GlobalVN": VN), else its first letter."""
    end = name[len(name.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) :]
    if 1 < len(end) <= _MOST:
        return end
    return next((letter for letter in name if letter.isalnum()), "").upper()


@lru_cache(maxsize=64)
def icon(mark: str, accent: str) -> bytes:
    """An ICO file with three sizes, for `/favicon.ico`."""
    out = io.BytesIO()
    _drawn(mark, accent, corner=_LARGE // 7).save(out, "ICO", sizes=[(side, side) for side in ICO_SIDES])
    return out.getvalue()


@lru_cache(maxsize=64)
def touch(mark: str, accent: str) -> bytes:
    """A PNG without corners of its own: telephones round them."""
    out = io.BytesIO()
    whole = _drawn(mark, accent, corner=0).resize((TOUCH_SIDE, TOUCH_SIDE), Image.Resampling.LANCZOS)
    whole.convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(mark: str, accent: str, *, corner: int) -> Image.Image:
    image = Image.new("RGBA", (_LARGE, _LARGE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, _LARGE - 1, _LARGE - 1), corner, fill=accent)
    size = {0: 1, 1: 300, 2: 236}.get(len(mark), 160)
    font = ImageFont.truetype(str(fonts.SERIF_SEMIBOLD), size, layout_engine=ImageFont.Layout.BASIC)
    left, top, right, bottom = font.getbbox(mark)
    place = ((_LARGE - left - right) / 2, (_LARGE - top - bottom) / 2)
    pen.text(place, mark, font=font, fill=_readable_on(image.getpixel((_LARGE // 2, 2))))
    return image


def _readable_on(colour: object) -> str:
    """White or ink, whichever stands out (the sum of WCAG's weights, near enough for two choices)."""
    red, green, blue = colour[:3] if isinstance(colour, tuple) else (0, 0, 0)
    return _DARK if 0.299 * red + 0.587 * green + 0.114 * blue > 160 else _PALE
