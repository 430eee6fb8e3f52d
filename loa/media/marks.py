"""What a picture says about itself: read from XMP, IPTC (IIM) and EXIF, and written anew into XMP and IIM.

Place and camera are never read and never written. Only Python's own library here: the decoder's process loads it too.
"""

import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any
from xml.sax.saxutils import escape

AI_MADE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
AI_IN_PART = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
AI_TYPES = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")
LONGEST = {"creator": 200, "credit": 200, "caption": 500, "alt": 300, "licence": 300, "digital_source_type": 120}
LARGEST_XMP = 1_000_000
NAMES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "cc": "http://creativecommons.org/ns#",
}
# Where each thing may stand in XMP, the best place first.
PLACES = {
    "creator": ("dc:creator",),
    "credit": ("photoshop:Credit", "dc:rights"),
    "caption": ("dc:description",),
    "alt": ("core:AltTextAccessibility",),
    "licence": ("xmpRights:WebStatement", "cc:license", "plus:LicensorURL", "xmpRights:UsageTerms"),
    "digital_source_type": ("ext:DigitalSourceType",),
}
IIM_NUMBERS = {"creator": (80,), "credit": (110, 116), "caption": (120,)}  # of record 2
EXIF_NUMBERS = {"creator": (0x013B,), "credit": (0x8298,), "caption": (0x010E,)}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said about a picture, or said by it."""

    creator: str = ""
    credit: str = ""
    caption: str = ""
    alt: str = ""
    licence: str = ""  # an address, or the terms in words
    digital_source_type: str = ""

    @property
    def is_ai(self) -> bool:
        """Whether a model drew it, or a part of it."""
        return self.digital_source_type.rsplit("/", 1)[-1] in AI_TYPES

    def plain(self) -> dict[str, str]:
        """The words by name."""
        return asdict(self)


def said_of(words: Mapping[str, str]) -> Said:
    """The words that have a place here, each as long as it may be."""
    known = {field.name for field in fields(Said)}
    return Said(**{name: text[: LONGEST[name]] for name, text in words.items() if name in known})


def tidy(text: Any) -> str:
    """Words on one line, without what cannot be kept in a row."""
    return " ".join(str(text or "").replace("\0", " ").split())


def read(info: Mapping[Any, Any], iim: Mapping[Any, Any], exif: Mapping[Any, Any]) -> Said:
    """What a picture says: XMP first, then IIM, then EXIF; nothing where it says nothing that can be read."""
    xmp = in_xmp(info.get("xmp") or info.get("XML:com.adobe.xmp") or b"")
    old = {name: _in_iim(iim, numbers) for name, numbers in IIM_NUMBERS.items()}
    oldest = {name: _in_exif(exif, numbers) for name, numbers in EXIF_NUMBERS.items()}
    return said_of({name: xmp.get(name) or old.get(name) or oldest.get(name) or "" for name in LONGEST})


def in_xmp(packet: bytes | str) -> dict[str, str]:
    """The words of an XMP packet; a packet with a document type (it could unfold without end) is not read."""
    raw = packet.encode() if isinstance(packet, str) else bytes(packet)
    raw = raw.strip(b"\0 \r\n\t")
    if not raw or len(raw) > LARGEST_XMP or b"<!" in raw:
        return {}
    try:
        root = ET.fromstring(raw)  # noqa: S314 (no document type, and in the limited process)
    except (ET.ParseError, ValueError, LookupError):
        return {}
    found = {
        name: next((text for place in places if (text := _at(root, place))), "") for name, places in PLACES.items()
    }
    return {name: text for name, text in found.items() if text}


def _at(root: ET.Element, place: str) -> str:
    prefix, _, name = place.partition(":")
    tag = f"{{{NAMES[prefix]}}}{name}"
    for element in root.iter():
        if tag in element.attrib:
            return tidy(element.attrib[tag])
        if element.tag == tag:
            return _words(element)
    return ""


def _words(element: ET.Element) -> str:
    items = list(element.iter(f"{{{NAMES['rdf']}}}li"))
    if items and items[0].get("{http://www.w3.org/XML/1998/namespace}lang"):
        return tidy(items[0].text)  # one text in several languages: the default stands first
    if items:
        return ", ".join(filter(None, (tidy(item.text) for item in items)))
    return tidy(element.get(f"{{{NAMES['rdf']}}}resource") or element.text)


def _in_iim(iim: Mapping[Any, Any], numbers: tuple[int, ...]) -> str:
    for number in numbers:
        value = iim.get((2, number))
        values = value if isinstance(value, list) else [value] if value else []
        if words := ", ".join(filter(None, (tidy(_decoded(one)) for one in values))):
            return words
    return ""


def _in_exif(exif: Mapping[Any, Any], numbers: tuple[int, ...]) -> str:
    values = (exif.get(number) for number in numbers)
    return next((words for value in values if (words := tidy(_decoded(value)))), "")


def _decoded(value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value or "")
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def xmp(said: Said) -> bytes:
    """An XMP packet that says this and nothing else; empty where there is nothing to say."""
    if not any(said.plain().values()):
        return b""
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMES.items() if prefix not in {"x", "rdf"})
    parts = [
        _bag("dc:creator", "Seq", said.creator, ""),
        _bag("dc:description", "Alt", said.caption, ' xml:lang="x-default"'),
        _bag("core:AltTextAccessibility", "Alt", said.alt, ' xml:lang="x-default"'),
        _plain("photoshop:Credit", said.credit),
        _plain("ext:DigitalSourceType", said.digital_source_type),
    ]
    is_address = said.licence.startswith(("https://", "http://"))
    parts.append(_plain("xmpRights:WebStatement", said.licence if is_address else ""))
    parts.append(_bag("xmpRights:UsageTerms", "Alt", "" if is_address else said.licence, ' xml:lang="x-default"'))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="{NAMES["x"]}"><rdf:RDF xmlns:rdf="{NAMES["rdf"]}">'
        f'<rdf:Description rdf:about="" {names}>{"".join(parts)}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="r"?>'
    ).encode()


def _plain(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _bag(name: str, kind: str, text: str, more: str) -> str:
    return f"<{name}><rdf:{kind}><rdf:li{more}>{escape(text)}</rdf:li></rdf:{kind}></{name}>" if text else ""


def app13(said: Said) -> bytes:
    """The JPEG segment with the words in IIM (record 2, UTF-8), for programs that do not read XMP; else empty."""
    words = [(numbers[0], getattr(said, name)) for name, numbers in IIM_NUMBERS.items()]
    if not any(text for _, text in words):
        return b""
    sets = b"\x1c\x01\x5a" + struct.pack(">H", 3) + b"\x1b%G"
    for number, text in words:
        raw = text.encode()
        sets += b"\x1c\x02" + struct.pack(">BH", number, len(raw)) + raw if raw else b""
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(sets)) + sets + b"\0" * (len(sets) % 2)
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def mark(data: bytes, form: str, said: Said) -> bytes:
    """A JPEG or WebP file of ours that says this and nothing else; its pixels stay as they are, to the bit."""
    return _mark_jpeg(data, said) if form == "jpg" else _mark_webp(data, xmp(said))


def _mark_jpeg(data: bytes, said: Said) -> bytes:
    kept, place = b"", 2
    while data[place + 1] != 0xDA:  # the scan: pixels from here on
        size = 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place + 1] not in (0xE1, 0xED, 0xFE):
            kept += data[place : place + size]
        place += size
    packet = xmp(said)
    head = b"http://ns.adobe.com/xap/1.0/\0" + packet
    segment = b"\xff\xe1" + struct.pack(">H", len(head) + 2) + head if packet else b""
    first = 2 + int.from_bytes(kept[2:4], "big") if kept[1:2] == b"\xe0" else 0  # JFIF stands first
    return data[:2] + kept[:first] + segment + app13(said) + kept[first:] + data[place:]


def _mark_webp(data: bytes, packet: bytes) -> bytes:
    chunks = [(name, body) for name, body in _chunks(data) if name not in (b"VP8X", b"XMP ", b"EXIF")]
    head = next((body for name, body in _chunks(data) if name == b"VP8X"), None) or _webp_head(chunks)
    flags = (head[0] & ~0x0C) | (0x04 if packet else 0)
    chunks.insert(0, (b"VP8X", bytes([flags]) + head[1:]))
    if packet:
        chunks.append((b"XMP ", packet))
    body = b"".join(name + struct.pack("<I", len(raw)) + raw + b"\0" * (len(raw) % 2) for name, raw in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(data):
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        yield data[place : place + 4], data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _webp_head(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """The extended header of a simple file: flags, and the size less one in 24 bits each."""
    name, body = next((name, body) for name, body in chunks if name in (b"VP8 ", b"VP8L"))
    if name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        width, height, flags = bits & 0x3FFF, bits >> 14 & 0x3FFF, 0x10 * (bits >> 28 & 1)
    else:
        width, height = (int.from_bytes(body[at : at + 2], "little") - 1 & 0x3FFF for at in (6, 8))
        flags = 0
    return bytes([flags, 0, 0, 0]) + width.to_bytes(3, "little") + height.to_bytes(3, "little")
