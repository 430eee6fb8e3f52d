"""The parts of a Word file, opened within limits, and the nodes of their trees.

Only Python's own library here and in what reads them: the limited process of `word_reader` loads it.
"""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib

MOST_ENTRIES = 2000
MOST_RATIO = 100
SMALL = 100_000  # bytes; what is smaller than this may be packed as tightly as it likes
LARGEST_PART = 25_000_000  # bytes of one part once unpacked
LARGEST_WHOLE = 400_000_000
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"'>]*)")
_LETTERS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


class Refused(Exception):
    """The file is not read; `reason` is one of too_large, locked, old, unreadable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Package:
    """The parts of a file, each read within limits."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(b"\xd0\xcf\x11\xe0"):  # OLE2: Word before 2007, or a .docx under a password
            raise Refused("old")
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self.zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Refused("unreadable") from error
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
            raise Refused("too_large")
        for entry in entries:
            if entry.flag_bits & 1:
                raise Refused("locked")
            if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
                raise Refused("too_large")
        self.names = {entry.filename: entry for entry in entries}
        if len(self.names) != len(entries):  # two programs would read two texts
            raise Refused("unreadable")

    def read(self, name: str) -> bytes:
        """The bytes of a part; empty where there is none."""
        entry = self.names.get(name)
        if entry is None:
            return b""
        if entry.file_size > LARGEST_PART:
            raise Refused("too_large")
        try:
            with self.zip.open(entry) as file:
                return file.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise Refused("unreadable") from error

    def tree(self, name: str) -> ET.Element | None:
        """A part as a tree. One with a document type is refused: it could unfold without end.

        So is one in other letters than UTF-8, in which a document type would not be seen; Word writes none.
        """
        data = self.read(name)
        if not data:
            return None
        said = _ENCODING.match(data)
        if b"\0" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff") or (said and said[1].lower() not in _LETTERS):
            raise Refused("unreadable")
        if b"<!" in data.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
            raise Refused("unreadable")
        try:
            return ET.fromstring(data)  # noqa: S314 (no document type)
        except (ET.ParseError, ValueError, LookupError) as error:
            raise Refused("unreadable") from error


def name_of(node: ET.Element) -> str:
    """A tag or attribute without its namespace: Word's transitional and strict ones name the same things."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: ET.Element, name: str) -> str:
    """An attribute by its bare name."""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def child(node: ET.Element | None, name: str) -> ET.Element | None:
    """The first child of a name."""
    return next((one for one in node if name_of(one) == name), None) if node is not None else None


def words(node: ET.Element) -> str:
    """The text a node shows."""
    return "".join(one.text or "" for one in node.iter() if name_of(one) == "t")


def val_of(node: ET.Element | None) -> str:
    """What Word writes as `w:val`; empty where there is no node."""
    return attribute(node, "val") if node is not None else ""
