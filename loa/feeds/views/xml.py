"""Elements of feeds and sitemaps: any text a person wrote may stand in them."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from loa.lib.vietnamese import kept

# Prefixes as they are known: some readers look for the prefix and not for its address.
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def add(parent: ET.Element, tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    """Puts an element at the end of another; what XML cannot hold is left out, empty attributes too."""
    said = {name.rstrip("_").replace("__", ":"): kept(value) for name, value in attributes.items() if value}
    made = ET.SubElement(parent, tag, said)
    if text:
        made.text = kept(text)
    return made


def written(root: ET.Element) -> bytes:
    """The document in UTF-8."""
    return bytes(ET.tostring(root, "utf-8", xml_declaration=True))


def bare(element: ET.Element) -> bytes:
    """An element alone, as it stands in its document in UTF-8."""
    return bytes(ET.tostring(element, "utf-8"))


def filled(root: ET.Element, pieces: Iterable[bytes], end: str) -> bytes:
    """The document with these put in before the tags it ends with."""
    return written(root).removesuffix(end.encode()) + b"".join(pieces) + end.encode()
