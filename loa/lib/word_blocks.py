"""The blocks of a text: as mammoth and a Markdown reader mark them up, each with its words, pictures and lines."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass
class Block:
    """One block of the text: its tag, markup and words."""

    tag: str
    html: str
    text: str
    kind: str = ""  # the class our style map gave it
    is_bold: bool = False
    pictures: list[dict[str, str]] = field(default_factory=list)

    @property
    def level(self) -> int:
        """Of a heading; 0 for anything else."""
        return _HEADINGS.get(self.tag, 0)

    @property
    def is_text(self) -> bool:
        """A paragraph with words."""
        return self.tag == "p" and bool(self.text)


def printable(text: str) -> str:
    """Without what no XML can hold."""
    return _UNPRINTABLE.sub("", text)


def blocks_of(html: str) -> Iterator[Block]:
    """Those of a text in their order, its footnotes last."""
    root = ET.fromstring(f"<root>{printable(html).replace('&nbsp;', chr(160))}</root>")  # noqa: S314 (made by us)
    _without_marks(root)
    notes: list[Block] = []
    for node in root:
        if node.tag in ("ol", "ul") and len(node) and (node[0].get("id") or "").startswith("word-"):
            notes += [_block("p", item, f"[{number}] ") for number, item in enumerate(node, start=1)]
        elif node.tag == "blockquote":
            yield from (_block("p", part, kind="quote") for part in (node if len(node) else [node]))
        elif node.tag != "hr":
            yield _block(node.tag, node, kind=node.get("class", ""))
    yield from notes


def _without_marks(root: ET.Element) -> None:
    """Footnote signs become "[1]" and their way back goes; what marks places in the text goes."""
    for parent in list(root.iter()):
        for node in list(parent):
            is_note = node.tag == "sup" and any("note-ref-" in (one.get("id") or "") for one in node.iter())
            is_back = node.tag == "a" and "note-ref-" in (node.get("href") or "") and not node.get("id")
            is_mark = node.tag == "a" and not node.get("href") and not "".join(node.itertext()).strip()
            if is_note or is_back or is_mark:
                words = "".join(node.itertext()) if is_note else ""
                _replace(parent, node, words + (node.tail or ""))


def _replace(parent: ET.Element, node: ET.Element, words: str) -> None:
    place = list(parent).index(node)
    parent.remove(node)
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _block(tag: str, node: ET.Element, before: str = "", *, kind: str = "") -> Block:
    pictures = [
        {"src": one.get("src", ""), "alt": " ".join((one.get("alt") or "").split())[:300]}
        for one in node.iter("img") if one.get("src")
    ]  # fmt: skip
    text = before + _words(node)
    inner = _inner(node)
    if node.tag == "li":
        inner = re.sub(r"^<p>(.*)</p>$", r"\1", inner.strip(), flags=re.DOTALL)
    is_bold = bool(text) and tag == "p" and _words(node) == " ".join(_words(one) for one in node.iter("strong")).strip()
    return Block(tag, escape(before) + inner.strip(), text.strip(), kind, is_bold, pictures)


def _words(node: ET.Element) -> str:
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: ET.Element) -> Iterator[str]:
    yield node.text or ""
    for inner in node:
        yield " " if inner.tag in ("br", "p", "li", "td", "th") else ""
        yield from _pieces(inner)
        yield inner.tail or ""


def _inner(node: ET.Element) -> str:
    return escape(node.text or "", quote=False) + "".join(
        ET.tostring(one, encoding="unicode", method="html") for one in node
    )


def lines_of(block: Block) -> list[str]:
    """The lines of a block: parted by breaks, items and rows."""
    html = re.sub(r"<br\s*/?>|</li>|</tr>|</p>", "\n", block.html)
    plain = re.sub(r"<[^>]+>", " ", html)
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(code, sign)
    return [line for one in plain.split("\n") if (line := " ".join(one.split()))] or [""]


def without_head(html: str, said: str) -> str:
    """Markup without the words at its head, where they stand whole in one formatted piece; else nothing."""
    match = re.match(r"^(<(?:strong|em)>){1,2}([^<]*)(</(?:strong|em)>){1,2}", html)
    if match is None or not said.strip().startswith(match[2].strip()):
        return ""
    rest = said.strip()[len(match[2].strip()) :].strip()
    after = html[match.end() :].lstrip()
    plain = escape(rest, quote=False)
    return after[len(plain) :].lstrip() if after.startswith(plain) else ""
