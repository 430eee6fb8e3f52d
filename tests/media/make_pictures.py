"""Pictures as people and attackers send them, made by code: what to expect of each stands beside it."""

import io
import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from loa.media.marks import AI_MADE, Said, app13, xmp

CREDIT = "Ảnh: Hợp tác xã Sao Mai"
SECRET = b"MayAnhBiMat"  # the camera; it and the place may stand in no file of ours
PLACE = b"10.7769,106.7009"


@dataclass(frozen=True)
class Sent:
    """One file: `kept`, `refused`, or `either` (a flipped bit may do no harm)."""

    name: str
    data: bytes
    expected: str
    has_credit: bool = False


def ground(size: tuple[int, int], seed: int) -> Image.Image:
    """Return something that looks taken, not drawn: waves of colour with grain."""
    waves = Image.radial_gradient("L").resize(size)
    grain = Image.effect_noise(size, 40 + seed % 40)
    return Image.merge("RGB", (waves, grain, waves.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))


def exif_of(orientation: int, said: bool) -> bytes:
    """Return camera, place and, where wanted, words as a camera writes them."""
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = SECRET.decode(), orientation
    if said:
        exif[0x8298] = "Sao Mai"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (10.0, 46.0, 36.8), PLACE.decode()
    return exif.tobytes()


def words(number: int) -> dict[str, Any]:
    """Return where the credit stands in this one: XMP, IIM, both, EXIF or nowhere."""
    said = Said(
        credit=CREDIT, creator="Nguyễn Thị Lan", caption="Vụ lúa đầu", alt="Ruộng lúa",
        licence="https://creativecommons.org/licenses/by/4.0/", digital_source_type=AI_MADE if number % 4 == 0 else "",
    )  # fmt: skip
    packet = xmp(said).replace(b"</rdf:RDF>", b"<!-- " + PLACE + b" --></rdf:RDF>") if number % 7 else b""
    packet = packet.replace(b"<!-- " + PLACE + b" -->", b'<rdf:Description exif:GPSLatitude="' + PLACE +
                            b'" xmlns:exif="http://ns.adobe.com/exif/1.0/"/>')  # fmt: skip
    return [{}, {"xmp": packet}, {"extra": app13(said)}, {"xmp": packet, "extra": app13(said)}][number % 4]


def good(count: int) -> Iterator[Sent]:
    """Give pictures that must come through, with their words and without their place."""
    forms = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
    modes = {"JPEG": ("RGB", "L", "CMYK"), "PNG": ("RGB", "RGBA", "P", "I;16", "LA", "1"), "WEBP": ("RGB", "RGBA"),
             "AVIF": ("RGB", "RGBA"), "GIF": ("P", "L")}  # fmt: skip
    for number in range(count):
        form = forms[number % 5]
        mode = modes[form][number // 5 % len(modes[form])]
        size = [(320, 240), (151, 257), (700, 40), (33, 500), (480, 320)][number // 3 % 5]
        picture = ground(size, number)
        picture = picture.convert("L").convert(mode) if mode in ("I;16", "LA", "1") else picture.convert(mode)
        options = words(number)
        options = options if form == "JPEG" else {key: value for key, value in options.items() if key == "xmp"}
        if form == "PNG" and "xmp" in options:
            info = PngInfo()
            info.add_itxt("XML:com.adobe.xmp", options.pop("xmp").decode())
            options["pnginfo"] = info
        if form == "GIF":
            frames = [picture, picture.transpose(Image.Transpose.ROTATE_180)]
            options |= {"save_all": True, "append_images": frames[1:]} if number % 2 else {}
        if form == "WEBP" and number % 4 == 2:
            options |= {"save_all": True, "append_images": [picture.rotate(90, expand=False)]}
        if form != "GIF":
            options["exif"] = exif_of(number % 8 + 1, said=number % 3 == 0)
        out = io.BytesIO()
        picture.save(out, form, **options)
        said = form == "JPEG" and number % 4 in (2, 3)
        has_credit = said or ("xmp" in words(number) and number % 7 != 0 and form != "GIF")
        yield Sent(f"anh-{number}.{form.lower()}", out.getvalue(), "kept", has_credit=has_credit)


def sound(form: str, seed: int = 1) -> bytes:
    """Return one picture without a fault."""
    out = io.BytesIO()
    ground((200, 150), seed).save(out, form)
    return out.getvalue()


def broken(count: int) -> Iterator[Sent]:
    """Give files cut off, empty, of another kind under a picture's name, and pure noise."""
    chance = random.Random(7)
    script = b"<script>1</script>"
    others = (
        b"", b"<svg xmlns='http://www.w3.org/2000/svg'>" + script + b"</svg>", b"<!doctype html>" + script,
        b"MZ" + bytes(400), b"\x7fELF" + bytes(400), b"GIF89a", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP",
        b"II*\0" + bytes(80),
    )  # fmt: skip
    for number in range(count):
        form = ("JPEG", "PNG", "WEBP", "AVIF")[number % 4]
        whole = sound(form, number)
        kind = number % 3
        if kind == 0:
            yield Sent(f"cut-{number}.{form.lower()}", whole[: len(whole) * (2 + number % 5) // 10], "refused")
        elif kind == 1:
            data = others[number // 3 % len(others)]
            yield Sent(f"other-{number}.jpg", data, "refused")
        else:
            for_kind = ("BMP", "TIFF", "PPM")[number % 9 // 3]
            data = sound(for_kind) if number % 2 else chance.randbytes(5000)
            yield Sent(f"wrong-{number}.png", data, "refused")


def flipped(count: int) -> Iterator[Sent]:
    """Give pictures with bits turned over; what still opens must come out clean."""
    chance = random.Random(11)
    for number in range(count):
        form = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")[number % 5]
        data = bytearray(sound(form, number))
        for _ in range(1 + number % 6):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield Sent(f"flipped-{number}.{form.lower()}", bytes(data), "either")


def bombs() -> Iterator[Sent]:
    """Give small files that say they are, or unfold into, very large pictures."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    for side in (7100, 8000, 20_000, 60_000, 2**31 - 1):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        rows = chunk(b"IDAT", zlib.compress(bytes(3_000_000), 9))
        yield Sent(f"bomb-{side}.png", b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b""), "refused")
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0))
    yield Sent("bomb-text.png", b"\x89PNG\r\n\x1a\n" + head + text + chunk(b"IEND", b""), "refused")
    jpeg = sound("JPEG")
    place = jpeg.index(b"\xff\xc0")
    for height, width in ((65_500, 65_500), (65_500, 2000), (8000, 8000)):
        size = struct.pack(">HH", height, width)
        yield Sent(f"bomb-{height}-{width}.jpg", jpeg[: place + 5] + size + jpeg[place + 9 :], "refused")
    gif = sound("GIF")
    yield Sent("bomb.gif", gif[:6] + struct.pack("<HH", 65_535, 65_535) + gif[10:], "refused")


def pictures(count: int) -> list[Sent]:
    """Return so many, of which more than half are good; every kind is there from 70 on."""
    others = list(bombs())
    broke, turned = count // 4, count * 3 // 20
    return [*good(count - broke - turned - len(others)), *broken(broke), *flipped(turned), *others]
