"""Opens pictures with named formats and limits, and writes them anew from their pixels."""

import io
import struct
import threading
import warnings
import zlib
from xml.sax.saxutils import escape

from PIL import Image, ImageOps

from loa.media.errors import NotAPicture

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MOST_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
# One picture within the limits can take half a gigabyte while it is opened: a process opens one at a time.
ONE_AT_A_TIME = threading.Lock()
# What Pillow's decoders raise at broken bytes (tried with random ones); no list of its own is documented.
BROKEN = (
    OSError, ValueError, SyntaxError, RuntimeError, EOFError, LookupError, ArithmeticError, TypeError, struct.error,
    zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="{credit}"/>'
    "</rdf:RDF></x:xmpmeta>"
)


def encode_anew(data: bytes, *, credit: str = "") -> tuple[bytes, str, int, int]:
    """WebP bytes, "webp", width and height; place and camera data are gone, the credit stands in XMP.

    Raises NotAPicture. The pixel limit is checked before anything is decoded.
    """
    if len(data) > MOST_BYTES:
        raise NotAPicture
    with ONE_AT_A_TIME:
        return _encoded(data, credit)


def _encoded(data: bytes, credit: str) -> tuple[bytes, str, int, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise NotAPicture
            upright = ImageOps.exif_transpose(image)
            pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except BROKEN as error:
        raise NotAPicture from error
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    marks = {"xmp": XMP.format(credit=escape(credit, {'"': "&quot;"})).encode()} if credit else {}
    pixels.save(out, "WEBP", quality=84, method=3, **marks)
    return out.getvalue(), "webp", pixels.width, pixels.height
