"""Clean markup as Markdown (CommonMark, with tables as GitHub writes them), for readers who are programs.

Only what `loa.lib.html.clean` lets through is known here; anything else keeps its words.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~]|&(?=[#\w]+;))")
# At the start of a line these would be a heading, an item, a number, a rule or a fence.
_AT_START = re.compile(r"^(\s*)([#+=-]|(\d{1,9})([.)]))(?=\s|$|[-=#])", re.MULTILINE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCKS = {"p", "div", "section", "article", "figcaption", "caption", "aside", "header", "footer"}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*"}
_SILENT = {"script", "style", "template"}


def from_html(html: str, origin: str = "") -> str:
    """The text as Markdown, without a line break at its end; addresses that begin with "/" are put behind `origin`."""
    writer = _Writer(origin)
    writer.feed(html)
    writer.close()
    return writer.finished()


def escape(text: str) -> str:
    """Words on one line that mean nothing but themselves in Markdown."""
    line = _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text)).strip()
    return _AT_START.sub(_escaped_start, line)


def _escaped_start(match: re.Match[str]) -> str:
    space, whole, number, dot = match.groups()
    return f"{space}{number}\\{dot}" if number else f"{space}\\{whole}"


def link(words: str, address: str) -> str:
    """A link; `words` are Markdown already."""
    return f"[{words}](<{_address(address)}>)" if re.search(r"[\s()]", address) else f"[{words}]({_address(address)})"


def _item(mark: str, text: str) -> str:
    """A list item: what follows its first line stands under its words."""
    first, *others = text.split("\n")
    return "\n".join([mark + first, *(f"{' ' * len(mark)}{line}" if line else "" for line in others)])


def _address(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E").replace("\n", "").replace("\\", "%5C")


@dataclass
class _Frame:
    """A container being written: finished blocks, and the line in hand."""

    kind: str = ""
    blocks: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    number: int = 0  # of the last item of an ordered list


class _Writer(HTMLParser):
    """Builds blocks from the inside out: a quotation or a list item is its own text, indented when it ends."""

    def __init__(self, origin: str) -> None:
        super().__init__(convert_charrefs=True)
        self._origin = origin
        self._frames = [_Frame()]
        self._links: list[tuple[str, int]] = []
        self._heading = ""
        self._rows: list[list[str]] = []
        self._silent = 0

    def finished(self) -> str:
        while len(self._frames) > 1:
            self._close()
        self._end_line()
        return "\n\n".join(self._frames[0].blocks).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag in _HEADINGS or tag in _BLOCKS:
            self._end_line()
            self._heading = _HEADINGS.get(tag, "")
        elif tag in {"blockquote", "ul", "ol", "li", "td", "th", "figure"}:
            self._open(tag, said)
        elif tag == "tr":
            self._rows.append([])
        elif tag == "table":
            self._end_line()
            self._rows = []
        elif tag in _MARKS:
            self._line.append(_MARKS[tag])
        elif tag == "a":
            self._links.append((self._whole(said.get("href", "")), len(self._line)))
        else:
            self._empty(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _HEADINGS or tag in _BLOCKS:
            self._end_line()
        elif tag in {"blockquote", "ul", "ol", "li", "td", "th", "figure"}:
            if any(frame.kind == tag for frame in self._frames):
                while self._close() != tag:
                    pass
        elif tag == "table":
            self._end_table()
        elif tag in _MARKS:
            self._end_mark(_MARKS[tag])
        elif tag == "a" and self._links:
            self._end_link()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._line.append(_SPECIAL.sub(r"\\\1", _SPACE.sub(" ", data)))

    @property
    def _line(self) -> list[str]:
        return self._frames[-1].line

    def _whole(self, address: str) -> str:
        return self._origin + address if address.startswith("/") and not address.startswith("//") else address

    def _empty(self, tag: str, said: dict[str, str]) -> None:
        if tag == "br":
            self._line.append("\\\n")
        elif tag == "hr":
            self._end_line()
            self._frames[-1].blocks.append("---")
        elif tag == "img" and said.get("src"):
            self._line.append("!" + link(escape(said.get("alt", "")), self._whole(said["src"])))

    def _open(self, tag: str, said: dict[str, str]) -> None:
        self._end_line()
        start = said.get("start", "")
        self._frames.append(_Frame(tag, number=int(start) - 1 if start.isdecimal() and len(start) < 8 else 0))

    def _close(self) -> str:
        """Ends the innermost container and hands its text to the one around it; returns its kind."""
        self._end_line()
        frame = self._frames.pop()
        around = self._frames[-1]
        text = "\n\n".join(frame.blocks)
        if frame.kind in {"td", "th"}:
            if self._rows:
                self._rows[-1].append(re.sub(r"\s*(\\?\n)+\s*", " ", text))
        elif frame.kind == "li":
            around.number += 1
            around.blocks.append(_item(f"{around.number}. " if around.kind == "ol" else "- ", text))
        elif frame.kind in {"ul", "ol"} and frame.blocks:
            is_loose = any("\n\n" in block for block in frame.blocks)
            around.blocks.append(("\n\n" if is_loose else "\n").join(frame.blocks))
        elif frame.kind == "blockquote" and text:
            around.blocks.append("\n".join(f"> {line}".rstrip() for line in text.split("\n")))
        else:
            around.blocks += frame.blocks
        return frame.kind

    def _end_line(self) -> None:
        """Makes a block of the words in hand."""
        while self._links:
            self._end_link()
        text = re.sub(r" *\\\n *", "\\\n", "".join(self._line))
        text = re.sub(r"(\\\n)+$", "", re.sub(r"^(\\\n| )+", "", re.sub(r" {2,}", " ", text)).strip())
        self._line.clear()
        heading, self._heading = self._heading, ""
        if not text:
            return
        words = text.replace("\\\n", " ")
        text = f"{heading} {words}" if heading else _AT_START.sub(_escaped_start, text)
        self._frames[-1].blocks.append(text)

    def _end_mark(self, mark: str) -> None:
        """Closes emphasis; space inside it goes outside, where Markdown wants it."""
        line = self._line
        start = next((at for at in range(len(line) - 1, -1, -1) if line[at] == mark), None)
        if start is None:
            return
        inside = "".join(line[start + 1 :])
        words = inside.strip(" ")
        before, after = inside[: len(inside) - len(inside.lstrip(" "))], inside[len(inside.rstrip(" ")) :]
        line[start:] = [f"{before}{mark}{words}{mark}{after}"] if words else [before]

    def _end_link(self) -> None:
        address, start = self._links.pop()
        words = "".join(self._line[start:]).replace("\\\n", " ").strip()
        self._line[start:] = [link(words, address) if words and address else words]

    def _end_table(self) -> None:
        self._end_line()
        width = max((len(row) for row in self._rows), default=0)
        if width:
            rows = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in self._rows if row]
            rows.insert(1, "|" + " --- |" * width)
            self._frames[-1].blocks.append("\n".join(rows))
        self._rows = []
