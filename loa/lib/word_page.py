"""What of a Word file's part is on the page: all that its reader does not see is taken out, and counted."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable

from loa.lib.word_package import attribute, child, name_of, val_of, words

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
        rows = list(styles) if styles is not None else []
        self.styles = {attribute(one, "styleId"): one for one in rows if name_of(one) == "style"}
        defaults = child(child(next((one for one in rows if name_of(one) == "docDefaults"), None), "rPrDefault"), "rPr")
        self.hides_by_default = _is_on(child(defaults, "vanish"))
        self.usual = next((key for key, one in self.styles.items() if _is_usual(one)), "")  # of what names no style
        self.hidden = {key for key in self.styles if self._hides(key)}
        self.contents = {
            key
            for key, one in self.styles.items()
            if val_of(child(one, "name")).lower().startswith(("toc ", "toc\xa0"))
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
            key = val_of(child(style, "basedOn"))
        return self.hides_by_default

    def prune(self, tree: ET.Element, targets: set[str]) -> None:
        """The whole part; `targets` are the ids of what it may lead to."""
        self.targets = targets
        self._children(tree, is_hidden=False, is_plain=True)

    def _children(self, node: ET.Element, *, is_hidden: bool, is_plain: bool) -> None:
        """`is_hidden`: a paragraph's or table's style hides the runs; `is_plain`: nothing darkens the ground behind."""
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
            style = val_of(child(properties, "pStyle")) or self.usual
            is_hidden = is_hidden or style in self.hidden or (style not in self.styles and self.hides_by_default)
            is_plain = is_plain and not _is_dark(properties)
        elif name in ("tbl", "txbxContent"):
            is_plain = False
            is_hidden = val_of(child(child(node, "tblPr"), "tblStyle")) in self.hidden
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
        style = val_of(child(properties, "rStyle"))
        hides = _is_on(mark) if mark is not None else (is_hidden or style in self.hidden)
        if not hides and _is_on(child(properties, "webHidden")):
            hides = True
        if not hides and is_plain and val_of(child(properties, "color")).upper() == "FFFFFF":
            hides = not _is_dark(properties) and bool(words(node).strip())
        size = val_of(child(properties, "sz"))
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
        return "contents" if val_of(child(child(node, "pPr"), "pStyle")) in self.contents else ""

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
        return "contents" if val_of(part) == "Table of Contents" else ""

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


def _is_usual(style: ET.Element) -> bool:
    return attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on")


def _is_on(node: ET.Element | None) -> bool:
    return node is not None and attribute(node, "val").lower() not in _OFF


def _is_dark(properties: ET.Element | None) -> bool:
    """Whether something is painted behind the text."""
    shade = child(properties, "shd")
    fill = attribute(shade, "fill").lower() if shade is not None else ""
    is_shaded = fill not in ("", "auto", "ffffff")
    return is_shaded or val_of(child(properties, "highlight")).lower() not in ("", "white", *_NO_COLOUR)
