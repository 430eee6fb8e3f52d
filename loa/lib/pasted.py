"""What Word and Google Docs put on a clipboard, without their rubbish: lists are lists, hidden text is gone."""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

# Only what carries such a mark is touched; everything else is as its writer sent it.
_MARKS = re.compile(r"mso-|\bMso[A-Z]|docs-internal-guid|<o:p\b|urn:schemas-microsoft-com", re.IGNORECASE)
_SILENT = {"style", "script", "xml", "title", "meta", "link", "head"}
_VOID = {"br", "img", "hr", "meta", "link", "input", "col", "wbr"}
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "div", "figure"}
_NUMBERED = re.compile(r"^\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]")
_KEPT = {
    "a": ("href",),
    "img": ("src", "alt"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
    "ol": ("start",),
}


def without_rubbish(markup: str) -> str:
    """The same text with nothing but its own structure; markup of other origin comes back as it was."""
    if not _MARKS.search(markup):
        return markup
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    made = reader.made()
    return re.sub(r"<(p|h[1-6]|li)>(?:\s|&nbsp;|\xa0|<br>)*</\1>", "", made)


@dataclass
class _Open:
    """An element that was opened: what closes it, and whether its content is left out."""

    tag: str
    closing: str
    is_silent: bool
    is_item: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.stack: list[_Open] = []
        self.list = ""  # the list that paragraphs of Word are being gathered in
        self.marker: str | None = None  # what is read of a list's own sign
        self.item: list[str] | None = None  # the pieces before the item being read

    def made(self) -> str:
        while self.stack:
            self._close()
        self._end_list()
        return "".join(self.pieces)

    @property
    def _is_silent(self) -> bool:
        return any(one.is_silent for one in self.stack)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        style = re.sub(r"\s", "", said.get("style", "")).lower()
        is_item = tag == "p" and "mso-list:" in style and "mso-list:none" not in style
        if tag in _BLOCKS and not is_item and not self._is_silent and not any(one.is_item for one in self.stack):
            self._end_list()
        opening, closing = self._as(tag, said, style)
        is_silent = tag in _SILENT or "mso-hide:all" in style or "display:none" in style or "mso-list:ignore" in style
        if "mso-list:ignore" in style:
            self.marker = ""
        if tag in _VOID:
            if not self._is_silent and tag not in _SILENT:
                self.pieces.append(opening)
            return
        if is_item and not self._is_silent:
            self.item, self.pieces, self.marker, opening, closing = self.pieces, [], None, "", ""
        if not is_silent and not self._is_silent:
            self.pieces.append(opening)
        self.stack.append(_Open(tag, closing, is_silent, is_item and self.item is not None))

    def _as(self, tag: str, said: dict[str, str], style: str) -> tuple[str, str]:
        """What an element is written as."""
        if tag in ("span", "b", "i", "strong", "em", "font"):
            is_bold = re.search(r"(?<![\w-])font-weight:(bold|[6-9]00)", style) or (
                tag in ("b", "strong") and not re.search(r"(?<![\w-])font-weight:normal", style)
            )
            is_slanted = "font-style:italic" in style or (tag in ("i", "em") and "font-style:normal" not in style)
            marks = [*(["strong"] if is_bold else []), *(["em"] if is_slanted else [])]
            return "".join(f"<{one}>" for one in marks), "".join(f"</{one}>" for one in reversed(marks))
        if ":" in tag or tag in ("html", "body", "div", "u", *_SILENT):
            return "", ""
        tag = "h2" if tag == "h1" else tag  # the headline is a field of its own
        kept = "".join(f' {name}="{escape(said[name])}"' for name in _KEPT.get(tag, ()) if name in said)
        return f"<{tag}{kept}>", f"</{tag}>"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(one.tag == tag for one in self.stack):
            return
        while self.stack[-1].tag != tag:
            self._close()
        self._close()

    def _close(self) -> None:
        one = self.stack.pop()
        if not one.is_silent and not self._is_silent:
            self.pieces.append(one.closing)
        if one.is_item and self.item is not None:
            self._put_item()

    def _put_item(self) -> None:
        words, before = "".join(self.pieces).strip(), self.item or []
        self.pieces, self.item = before, None
        kind = "ol" if _NUMBERED.match((self.marker or "").strip()) else "ul"
        if self.list != kind:
            self._end_list()
            self.pieces.append(f"<{kind}>")
            self.list = kind
        self.pieces.append(f"<li>{words}</li>")

    def _end_list(self) -> None:
        if self.list:
            self.pieces.append(f"</{self.list}>")
            self.list = ""

    def handle_data(self, data: str) -> None:
        if self.marker is not None and self._is_silent:
            self.marker += data
        if not self._is_silent:
            self.pieces.append(escape(data, quote=False))

    def _condition(self, data: str) -> None:
        """Word's own way to say what other programs should read: signs of lists stand within `!supportLists`."""
        word = data.strip().strip("[]").lower()
        if word.startswith("if"):
            self.marker = "" if "supportlists" in word else self.marker
            self.stack.append(_Open("[if]", "", is_silent=True))
        elif word.startswith("endif"):
            self.handle_endtag("[if]")

    def handle_comment(self, data: str) -> None:
        if data.startswith("[if") and data.rstrip().endswith("]"):
            self._condition(data)
        elif data.strip().lower() in ("[endif]", "endif"):
            self._condition("endif")

    def unknown_decl(self, data: str) -> None:
        self._condition(data)
