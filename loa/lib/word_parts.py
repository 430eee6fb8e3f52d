"""What a Word file holds: put together anew from the parts mammoth may read, rid of all that is not on the page.

Each thing taken out is counted under a name of `REPORTED`, so that nothing goes in silence.
"""

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter

from loa.lib.word_package import Package, Refused, attribute, name_of, words
from loa.lib.word_page import Pruner

REPORTED = (
    "deleted", "inserted", "hidden", "comments", "headers", "macros", "fields", "contents", "external", "objects",
    "charts", "formulas", "placeholders", "foreign", "struck", "notes", "pictures",
)  # fmt: skip
_ROOT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


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
