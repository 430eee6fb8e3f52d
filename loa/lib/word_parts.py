"""What a Word file holds: opened within limits, and rid of all that its reader does not see on the page.

Only Python's own library here: the limited process of `word_reader` loads it. Each thing taken out is counted under a
name of `REPORTED`, so that nothing goes in silence.
"""

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable

MOST_ENTRIES = 2000
MOST_RATIO = 100
SMALL = 100_000  # bytes; what is smaller than this may be packed as tightly as it likes
LARGEST_PART = 25_000_000  # bytes of one part once unpacked
LARGEST_WHOLE = 400_000_000
REPORTED = (
    "deleted", "inserted", "hidden", "comments", "headers", "macros", "fields", "contents", "external", "objects",
    "charts", "formulas", "placeholders", "foreign", "struck", "notes", "pictures",
)  # fmt: skip

_DROPPED = {
    "del": "deleted", "moveFrom": "deleted", "commentReference": "", "oMath": "formulas", "oMathPara": "formulas",
    "altChunk": "foreign", "object": "objects", "contentPart": "", "control": "objects", "rt": "", "rubyPr": "",
    "commentRangeStart": "", "commentRangeEnd": "",
}  # fmt: skip
_UNWRAPPED = {"ins": "inserted", "moveTo": "", "fldSimple": "fields", "dir": "", "bdo": "", "ruby": "", "rubyBase": ""}
_OFF = {"0", "false", "off"}
_NO_COLOUR = {"auto", "clear", "nil", "none"}
_INSTRUCTION = re.compile(r"\s*([A-Za-z]+)")
_NOT_SEEN = "nothing"  # counted under no name of REPORTED
_ROOT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


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
        """A part as a tree. One with a document type is refused: it could unfold without end."""
        data = self.read(name)
        if not data:
            return None
        if b"<!" in data.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
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


def _is_on(node: ET.Element | None) -> bool:
    return node is not None and attribute(node, "val").lower() not in _OFF


def opened(data: bytes) -> tuple[bytes, Counter[str]]:
    """The file as mammoth may read it, and how much of each thing was taken out. Raises Refused."""
    package = Package(data)
    main = _main_part(package)
    document = package.tree(main) if main else None
    if document is None or name_of(document) != "document":
        raise Refused("unreadable")
    found = Counter(_about(package, main))
    relations = Relations(package, main, found)
    styles = package.tree(relations.part("styles"))
    notes = {name: package.tree(relations.part(name)) for name in ("footnotes", "endnotes")}
    pruner = Pruner(styles, found, notes)
    parts: dict[str, bytes] = {"_rels/.rels": _ROOT_RELATIONS.encode(), "[Content_Types].xml": _TYPES.encode()}
    for name in ("document", "footnotes", "endnotes"):
        tree = document if name == "document" else notes[name]
        if tree is not None:
            own = relations if name == "document" else Relations(package, relations.part(name), found)
            pruner.prune(tree, {key for key, *_ in own.rows})
            parts |= {f"word/_rels/{name}.xml.rels": own.written(), f"word/{name}.xml": ET.tostring(tree, "utf-8")}
            parts |= own.pictures
    for name in ("styles", "numbering"):
        if (tree := package.tree(relations.part(name))) is not None:
            parts[f"word/{name}.xml"] = ET.tostring(tree, "utf-8")
    return _packed(parts), found


def _main_part(package: Package) -> str:
    """Where the text is: "word/document.xml", or what the file's own table says."""
    tree = package.tree("_rels/.rels")
    for one in tree if tree is not None else ():
        if attribute(one, "Type").endswith("/officeDocument"):
            return attribute(one, "Target").removeprefix("/")
    return "word/document.xml"


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def _about(package: Package, main: str) -> dict[str, int]:
    """What stands beside the text: comments, headers and footers, macros, addresses that Word would fetch by itself."""
    found: Counter[str] = Counter()
    own = _table_of(main)
    for name in package.names:
        low = name.lower()
        if re.fullmatch(r"word/comments\d*\.xml", low):
            tree = package.tree(name)
            found["comments"] += sum(name_of(one) == "comment" for one in tree.iter()) if tree is not None else 0
        elif re.fullmatch(r"word/(header|footer)\d*\.xml", low):
            tree = package.tree(name)
            found["headers"] += tree is not None and bool(words(tree).strip())
        elif low.endswith(("vbaproject.bin", "/vbadata.xml")):
            found["macros"] = 1
        elif low.endswith(".rels") and name != own:
            tree = package.tree(name)
            found["external"] += sum(map(_is_fetched, tree)) if tree is not None else 0
    return found


def _table_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _is_fetched(relation: ET.Element) -> bool:
    """Whether Word goes and fetches this when it opens the file; a link only leads there."""
    kind = attribute(relation, "Type").rpartition("/")[2]
    return attribute(relation, "TargetMode") == "External" and kind != "hyperlink"


class Relations:
    """Where a part leads: its pictures, its links and the parts beside it; nothing that would be fetched."""

    def __init__(self, package: Package, part: str, found: Counter[str]) -> None:
        self.folder = part.rpartition("/")[0]
        self.rows: list[tuple[str, str, str]] = []
        self.parts: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        tree = package.tree(_table_of(part))
        for one in tree if tree is not None else ():
            kind, is_outside = attribute(one, "Type").rpartition("/")[2], attribute(one, "TargetMode") == "External"
            if _is_fetched(one):
                found["external"] += 1
            elif kind == "hyperlink" and is_outside:
                self.rows.append((attribute(one, "Id"), kind, attribute(one, "Target")))
            elif kind == "image":
                self._picture(package, one)
            elif not is_outside:
                self.parts[kind] = self._name(attribute(one, "Target"))

    def part(self, kind: str) -> str:
        """The name of the part of a kind beside this one."""
        return self.parts.get(kind, f"word/{kind}.xml")

    def _name(self, target: str) -> str:
        return target[1:] if target.startswith("/") else posixpath.normpath(f"{self.folder}/{target}")

    def _picture(self, package: Package, one: ET.Element) -> None:
        name = self._name(attribute(one, "Target"))
        if name in package.names:
            place = f"media/{name.replace('/', '-')}"
            self.pictures[f"word/{place}"] = package.read(name)
            self.rows.append((attribute(one, "Id"), "image", place))

    def written(self) -> bytes:
        """The same as a part of its own."""
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        root = ET.Element(f"{{{space}}}Relationships")
        for key, kind, target in self.rows:
            full = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
            ET.SubElement(root, f"{{{space}}}Relationship", Id=key, Type=full, Target=target)
        return bytes(ET.tostring(root, encoding="utf-8"))


class Pruner:
    """Takes out of a part what is not on the page, counting it."""

    def __init__(self, styles: ET.Element | None, found: Counter[str], notes: dict[str, ET.Element | None]) -> None:
        self.found = found
        self.targets: set[str] = set()
        self.notes = {
            f"{kind[:-1]}:{attribute(one, 'id')}"
            for kind, tree in notes.items()
            for one in (tree if tree is not None else ())
        }
        self.styles = {attribute(one, "styleId"): one for one in (styles if styles is not None else ())}
        self.hidden = {key for key in self.styles if self._hides(key)}
        self.contents = {
            key for key, one in self.styles.items() if _val(child(one, "name")).lower().startswith(("toc ", "toc\xa0"))
        }
        self.field: str | None = None  # what the field being read is; None until its name was met

    def _hides(self, key: str) -> bool:
        """Whether a style, or one it is based on, hides its text."""
        seen: set[str] = set()
        while key and key in self.styles and key not in seen:
            seen.add(key)
            style = self.styles[key]
            if (mark := child(child(style, "rPr"), "vanish")) is not None:
                return _is_on(mark)
            key = _val(child(style, "basedOn"))
        return False

    def prune(self, tree: ET.Element, targets: set[str]) -> None:
        """The whole part; `targets` are the ids of what it may lead to."""
        self.targets = targets
        self._children(tree, is_hidden=False, is_plain=True)

    def _children(self, node: ET.Element, *, is_hidden: bool, is_plain: bool) -> None:
        """`is_hidden`: the paragraph's style hides its runs; `is_plain`: nothing darkens the ground behind them."""
        kept: list[ET.Element] = []
        queue = list(node)[::-1]
        while queue:
            one = queue.pop()
            name = name_of(one)
            if name in _UNWRAPPED:
                self.found[_UNWRAPPED[name]] += 1
                queue += list(one)[::-1]
            elif name == "AlternateContent":
                fallback, choice = child(one, "Fallback"), child(one, "Choice")
                chosen = fallback if fallback is not None and len(fallback) else choice
                queue += list(chosen)[::-1] if chosen is not None else []
            elif self._stays(one, name, is_hidden=is_hidden, is_plain=is_plain):
                kept.append(one)
        for one in list(node):
            node.remove(one)
        node.extend(kept)
        for one in kept:
            self._below(one, is_hidden=is_hidden, is_plain=is_plain)

    def _below(self, node: ET.Element, *, is_hidden: bool, is_plain: bool) -> None:
        name = name_of(node)
        if name == "p":
            properties = child(node, "pPr")
            is_hidden = _val(child(properties, "pStyle")) in self.hidden
            is_plain = is_plain and not _is_dark(properties)
        elif name in ("tbl", "txbxContent"):
            is_plain = False
        if name != "rPr":
            self._children(node, is_hidden=is_hidden, is_plain=is_plain)

    def _stays(self, node: ET.Element, name: str, *, is_hidden: bool, is_plain: bool) -> bool:
        """Whether a node is on the page; what is not is counted."""
        if name in _DROPPED:
            if _DROPPED[name]:
                self.found[_DROPPED[name]] += 1
            return False
        check: Callable[[ET.Element], str] | None = getattr(self, f"_why_not_{name}", None)
        reason = check(node) if check else ""
        if name == "r":
            reason = self._why_not_run(node, is_hidden=is_hidden, is_plain=is_plain)
        self.found[reason] += bool(reason)
        return not reason

    def _why_not_run(self, node: ET.Element, *, is_hidden: bool, is_plain: bool) -> str:
        properties = child(node, "rPr")
        mark = child(properties, "vanish")
        style = _val(child(properties, "rStyle"))
        hides = _is_on(mark) if mark is not None else (is_hidden or style in self.hidden)
        if not hides and _is_on(child(properties, "webHidden")):
            hides = True
        if not hides and is_plain and _val(child(properties, "color")).upper() == "FFFFFF":
            hides = not _is_dark(properties) and bool(words(node).strip())
        size = _val(child(properties, "sz"))
        if not hides and size.isdecimal() and int(size) <= 4:  # two points: smaller than anybody reads
            hides = bool(words(node).strip())
        if hides:
            is_seen = bool(words(node).strip()) or any(name_of(one) in ("drawing", "pict") for one in node)
            return "hidden" if is_seen else _NOT_SEEN
        struck = _is_on(child(properties, "strike")) or _is_on(child(properties, "dstrike"))
        self.found["struck"] += struck and bool(words(node).strip())
        return ""

    def _why_not_fldChar(self, node: ET.Element) -> str:  # noqa: N802 (as Word calls it)
        if attribute(node, "fldCharType") == "begin":
            self.field = None
        return ""

    def _why_not_instrText(self, node: ET.Element) -> str:  # noqa: N802
        is_first, match = self.field is None, _INSTRUCTION.match(node.text or "")
        if is_first and match:
            name = match[1].upper()
            is_kept = any(known.startswith(name) for known in ("HYPERLINK", "FORMCHECKBOX"))  # it may be cut in two
            self.field = "" if is_kept else "fields"
            return self.field
        return _NOT_SEEN if self.field else ""

    def _why_not_delText(self, node: ET.Element) -> str:  # noqa: N802
        return "deleted"

    def _why_not_p(self, node: ET.Element) -> str:
        return "contents" if _val(child(child(node, "pPr"), "pStyle")) in self.contents else ""

    def _why_not_tr(self, node: ET.Element) -> str:
        properties = child(node, "trPr")
        if child(properties, "del") is not None:
            return "deleted"
        return "hidden" if _is_on(child(properties, "hidden")) else ""

    def _why_not_tc(self, node: ET.Element) -> str:
        return "deleted" if child(child(node, "tcPr"), "cellDel") is not None else ""

    def _why_not_sdt(self, node: ET.Element) -> str:
        properties = child(node, "sdtPr")
        if _is_on(child(properties, "showingPlcHdr")):
            return "placeholders"
        part = child(child(properties, "docPartObj"), "docPartGallery")
        return "contents" if _val(part) == "Table of Contents" else ""

    def _why_not_blip(self, node: ET.Element) -> str:
        # One from elsewhere is counted where its address stands.
        return "" if attribute(node, "embed") in self.targets else _NOT_SEEN

    def _why_not_imagedata(self, node: ET.Element) -> str:
        return "" if attribute(node, "id") in self.targets else _NOT_SEEN

    def _why_not_hyperlink(self, node: ET.Element) -> str:
        for key in [key for key in node.attrib if key.endswith("}id") and node.attrib[key] not in self.targets]:
            del node.attrib[key]
        return ""

    def _why_not_hlinkClick(self, node: ET.Element) -> str:  # noqa: N802
        return "" if attribute(node, "id") in self.targets else _NOT_SEEN

    def _why_not_footnoteReference(self, node: ET.Element) -> str:  # noqa: N802
        return "" if f"footnote:{attribute(node, 'id')}" in self.notes else _NOT_SEEN

    def _why_not_endnoteReference(self, node: ET.Element) -> str:  # noqa: N802
        return "" if f"endnote:{attribute(node, 'id')}" in self.notes else _NOT_SEEN

    def _why_not_graphicData(self, node: ET.Element) -> str:  # noqa: N802
        kind = attribute(node, "uri").rpartition("/")[2]
        return "charts" if kind in ("chart", "diagram", "chartex") else ""

    def _why_not_rPr(self, node: ET.Element) -> str:  # noqa: N802
        for one in list(node):
            if name_of(one).endswith("Change"):
                node.remove(one)
        return ""


def _val(node: ET.Element | None) -> str:
    return attribute(node, "val") if node is not None else ""


def _is_dark(properties: ET.Element | None) -> bool:
    """Whether something is painted behind the text."""
    shade = child(properties, "shd")
    fill = attribute(shade, "fill").lower() if shade is not None else ""
    is_shaded = fill not in ("", "auto", "ffffff")
    return is_shaded or _val(child(properties, "highlight")).lower() not in ("", "white", *_NO_COLOUR)
