"""The process that opens pictures: started for one job (`lib.limited`), with little memory and time, and no Django."""

import io
import os
import struct
import warnings
import zlib
from contextlib import suppress
from typing import Any

from PIL import (  # noqa: F401 (loaded before limits)
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    ImageOps,
    IptcImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from loa.lib import limited
from loa.media import marks

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MEMORY = 700_000_000  # bytes of address space; a telephone's 48 million pixels fit
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 6000
STAND_IN = 960  # pixels wide: what readers see until the renditions are made
# What Pillow's decoders raise at broken bytes (tried with random ones); no list of its own is documented.
BROKEN = (
    OSError, ValueError, SyntaxError, RuntimeError, EOFError, LookupError, ArithmeticError, TypeError, struct.error,
    zlib.error, AttributeError, ImageCms.PyCMSError,
)  # fmt: skip
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)
ENCODERS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 58, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 80, "method": 4}),
    "jpg": ("JPEG", {"quality": 82, "progressive": True, "optimize": True}),
}


class TooLarge(Exception):
    """More pixels than anybody needs."""


def work(data: bytes, job: dict[str, Any]) -> limited.Answer:
    """What is asked for, or why not."""
    do = renditions if "renditions" in job else taken_in
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return do(data, job)
    except (TooLarge, *TOO_LARGE):
        return {"refused": "too_large"}, []
    except BROKEN:
        return {"refused": "unreadable"}, []


def taken_in(data: bytes, job: dict[str, Any]) -> limited.Answer:
    """The picture made anew with all its pixels, one smaller stand-in, and what it said about itself."""
    image = opened(data)
    said = said_by(image)
    form = "jpg" if image.format == "JPEG" else "webp"
    pixels = upright(image, LONGEST_SIDE)
    full = io.BytesIO()
    if form == "jpg":
        pixels.save(full, "JPEG", quality=92)
    else:
        pixels.save(full, "WEBP", quality=92, method=3)
    width, height = pixels.size
    small = encoded(narrowed(pixels, min(width, STAND_IN)), "webp", job["said"] or said.plain())
    answer = {"format": form, "width": width, "height": height, "said": said.plain(), "stand_in": min(width, STAND_IN)}
    return answer, [full.getvalue(), small]


def renditions(data: bytes, job: dict[str, Any]) -> limited.Answer:
    """The widths and formats asked for, the widest first: each narrower one is drawn from it."""
    with suppress(OSError):
        os.nice(10)
    asked = job["renditions"]
    widest = max(width for width, _ in asked)
    pixels = upright(opened(data), LONGEST_SIDE)
    pixels = narrowed(pixels, widest)
    drawn = {width: narrowed(pixels, width) for width in {width for width, _ in asked}}
    return {}, [encoded(drawn[width], form, job["said"]) for width, form in asked]


def opened(data: bytes) -> Image.Image:
    """The picture, not decoded yet; its own size is looked at first."""
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise TooLarge
    return image


def said_by(image: Image.Image) -> marks.Said:
    """What the picture says about itself; words that cannot be read are no reason to refuse it."""
    iim: Any = None
    exif: Any = {}
    with suppress(*BROKEN):
        iim = IptcImagePlugin.getiptcinfo(image) if isinstance(image, JpegImagePlugin.JpegImageFile) else None
    with suppress(*BROKEN):
        exif = dict(image.getexif())
    with suppress(*BROKEN):
        return marks.read(image.info, iim or {}, exif)
    return marks.Said()


def upright(image: Image.Image, longest: int) -> Image.Image:
    """Its pixels as they are looked at: standing, in sRGB, with the longest side allowed and nothing else."""
    profile = image.info.get("icc_profile")
    image.draft(None, (longest, longest))  # a JPEG is opened at half its size when that is enough
    has_holes = image.has_transparency_data
    image.load()
    if max(image.size) > longest:
        image.thumbnail((longest, longest))
    image = ImageOps.exif_transpose(image)
    pixels = in_colour(image, has_holes, profile)
    extrema = pixels.getchannel("A").getextrema() if pixels.mode == "RGBA" else None
    return pixels.convert("RGB") if extrema == (255, 255) else pixels


def in_colour(image: Image.Image, has_holes: bool, profile: bytes | None) -> Image.Image:
    """RGB or RGBA in sRGB; a profile that cannot be read is passed over."""
    if image.mode.startswith("I"):  # sixteen bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    mode = "RGBA" if has_holes else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        with suppress(*BROKEN):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            into = None if image.mode == mode else "RGB"
            changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=into)
            image = changed or image
    return image if image.mode == mode else image.convert(mode)


def narrowed(pixels: Image.Image, width: int) -> Image.Image:
    """The same picture, so many pixels wide."""
    if width >= pixels.width:
        return pixels
    height = max(1, round(pixels.height * width / pixels.width))
    return pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def encoded(pixels: Image.Image, form: str, words: dict[str, str]) -> bytes:
    """A file of this form with the words in it."""
    said = marks.said_of(words)
    name, options = ENCODERS[form]
    more: dict[str, Any] = {"xmp": packet} if (packet := marks.xmp(said)) else {}
    if form == "jpg" and pixels.mode == "RGBA":
        ground = Image.new("RGB", pixels.size, "white")
        ground.paste(pixels, mask=pixels.getchannel("A"))
        pixels = ground
    if form == "jpg" and (segment := marks.app13(said)):
        more["extra"] = segment
    out = io.BytesIO()
    pixels.info.clear()
    pixels.save(out, name, **options, **more)
    return out.getvalue()


if __name__ == "__main__":
    limited.serve(work, memory=MEMORY)
