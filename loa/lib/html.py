"""Markup from people: cleaned to a short list of tags, turned to plain text and back."""

import re
from html import escape, unescape
from html.parser import HTMLParser
from unicodedata import is_normalized
from urllib.parse import urlsplit

import nh3

from loa.lib.vietnamese import kept

_TABLE_PARTS = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_TAGS = {
    *("p", "h2", "h3", "h4", "strong", "em", "ul", "ol", "li", "a"),
    *("blockquote", "cite", "figure", "figcaption", "img", "br", "hr"),
    *_TABLE_PARTS,
}
_ATTRIBUTES = {
    "*": {"lang", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# What an editor sends has at least one of these; "a < b" in a plain field has none.
_MARKUP = re.compile(rf"</?(?:{'|'.join(sorted({*_TAGS, 'b', 'i', 'div', 'span'}))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SCHEMES = {"https", "http", "mailto", "tel"}
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IMAGE = re.compile(r'<img((?:\s+[\w-]+="[^"]*")*)\s*/?>')
_OWN_ADDRESS = re.compile(r'(<(?:a|img)\b[^<>]*?\s(?:href|src)=")(?=/(?!/))')
_DROPPED_BY_BROWSERS = re.compile(r"[\t\n\r]")  # in addresses (URL Standard, 4.4): "/\t/host" is another site
# Editors write <b> and <i>; the record says what is meant. Attributes go here and not in the cleaner: elements of
# this kind are opened again in every later paragraph, three alike at most, but each that differs in an attribute.
_FORMATTING = re.compile(
    r"<(/?)(b|i|em|strong|big|code|font|nobr|s|small|strike|tt|u)(?=[\s/>])([^<>]*>)?", re.IGNORECASE
)
_MEANING = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
# The cleaner's time grows with the square of depth and length: 2 MB of nested lists held a worker for minutes.
_NESTING = re.compile(r"<(?!(?:p|li|td|th|tr|thead|tbody|br|hr|img)[\s/>])(?=[a-z])", re.IGNORECASE)
_MOST_ELEMENTS = 5000
_LONGEST = 500_000

_BREAKS = {
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"), "\n\n"),
    **dict.fromkeys(("figure", "table", "hr", "div", "section", "article", "pre"), "\n\n"),
    **dict.fromkeys(("br", "li", "tr", "figcaption", "caption"), "\n"),
    **dict.fromkeys(("td", "th"), " "),
}
_SILENT = {"script", "style", "template"}
_OWN_TAG = re.compile(rf'<(/?)({"|".join(sorted(_TAGS, reverse=True))})(?:\s[^<>"]*(?:"[^"<>]*"[^<>"]*)*)?>')

_GAP = re.compile(r"\n{3,}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?…'\"”’)]}»"


def clean(html: str) -> str:
    """Safe markup of Loa's own tags; everything else is dropped, its text kept.

    Links get rel="nofollow noopener"; pictures may only be ours (under /media/).
    Cleaning what is clean changes nothing. More tags than anyone writes are shown as they were typed.
    """
    if len(html) > _LONGEST:
        return kept(html).replace("<", "&lt;").replace(">", "&gt;").strip()
    meant = _FORMATTING.sub(_bare, kept(html))
    if sum(1 for _ in _NESTING.finditer(meant)) > _MOST_ELEMENTS:
        meant = _NESTING.sub("&lt;", meant)
    cleaned = _read(meant)
    if cleaned != meant:
        cleaned = _read(cleaned)  # as a browser will: what stood in a <select> nests paragraphs, which it parts
    return _IMAGE.sub(lambda m: m[0] if ' src="' in m[1] else "", cleaned).strip()


def _read(markup: str) -> str:
    """The markup parsed as HTML and written anew, only what is allowed in it."""
    return nh3.clean(
        markup,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )


def _bare(match: re.Match[str]) -> str:
    """An element of formatting without attributes; one cut short is shown as typed."""
    name = _MEANING.get(match[2].lower(), "span")
    return f"<{match[1]}{name}>" if match[3] else f"&lt;{match[1]}{match[2]}"


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("img", "src"):
        return value if _is_ours(value) else None
    if (tag, name) == ("a", "href"):
        address = _DROPPED_BY_BROWSERS.sub("", value).strip()
        return address if _may_be_followed(address) else None
    return value


def _is_ours(address: str) -> bool:
    return address.startswith("/media/") and not re.search(r"\\|\.\.|%2e", address, re.IGNORECASE)


def _may_be_followed(address: str) -> bool:
    # A browser reads "//host" and "/\host" as another site, whatever they look like.
    if _HAS_SCHEME.match(address):
        return True
    return address.startswith(("/", "#")) and not re.match(r"/[/\\]", address)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self.pieces.append(_BREAKS.get(tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(_BREAKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        self.pieces.append(_BREAKS.get(tag, "") if tag != "br" else "")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(_spaced(data))


def to_text(html: str) -> str:
    """The words alone, a blank line between blocks, a new line between items and rows."""
    if (plain := _text_of_paragraphs(html)) is not None:
        return plain
    text = "".join(_pieces_of_own(html) or _pieces_of_any(html))
    while "  " in text:
        text = text.replace("  ", " ")
    return _GAP.sub("\n\n", text.replace(" \n", "\n").replace("\n ", "\n")).strip()


def _text_of_paragraphs(html: str) -> str | None:
    """Of markup that has no tags but these, which most has; else None."""
    if html.count("<") != html.count("<p>") + html.count("</p>") + html.count("<br>"):
        return None
    lines = (_words(line) for line in html.replace("</p>", "<p>").replace("<p>", "<br><br>").split("<br>"))
    return _GAP.sub("\n\n", "\n".join(lines)).strip()


def _words(line: str) -> str:
    """One space between two words."""
    return " ".join((unescape(line) if "&" in line else line).split())


def _spaced(data: str) -> str:
    """One space for whatever parts the words, as a browser shows it; none is lost at the ends."""
    words = " ".join(data.split())
    if not words:
        return " " if data else ""
    return f"{' ' if data[0].isspace() else ''}{words}{' ' if data[-1].isspace() else ''}"


def _pieces_of_own(html: str) -> list[str]:
    """Of markup that is tags as we write them and nothing else, which a pattern can part; else none."""
    pieces, end, tags = [], 0, 0
    for tag in _OWN_TAG.finditer(html):
        pieces.append(_spaced(unescape(html[end : tag.start()])))
        pieces.append(_BREAKS.get(tag[2], "") if tag[0] != "</br>" else "")
        end, tags = tag.end(), tags + 1
    pieces.append(_spaced(unescape(html[end:])))
    return pieces if tags == html.count("<") else []


def _pieces_of_any(html: str) -> list[str]:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser.pieces


def absolute(html: str, origin: str) -> str:
    """Clean markup whose own addresses ("/media/…") stand behind an origin, for readers who are elsewhere."""
    return _OWN_ADDRESS.sub(lambda m: m[1] + origin, html)


def shorten(text: str, n: int) -> str:
    """The text on one line, at most n characters, cut between words and marked with "…"."""
    line = " ".join(text.split())
    if len(line) <= n:
        return line
    head, border, _ = line[:n].rpartition(" ")
    return (head if border else line[: max(0, n - 1)]).rstrip(" ,;:–-") + "…"


def is_web_address(typed: str) -> bool:
    """Whether this may stand behind a link that leads out: http or https, and nothing else."""
    return _WEB_ADDRESS.fullmatch(typed) is not None and _has_host(typed)


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # "http://[": whoever reads the address later would fall over it
        return False


def is_markup(typed: str) -> bool:
    """Whether a text came out of an editor, and not out of a plain field where no script runs."""
    return _MARKUP.search(typed) is not None


def from_typed(typed: str) -> str:
    """Clean markup of what a person wrote, in an editor or in a plain field."""
    return clean(typed) if is_markup(typed) else from_text(typed)


def from_text(plain: str) -> str:
    """Paragraphs (parted by blank lines) with line breaks; bare web addresses become links."""
    blocks = re.split(r"\n\s*\n", kept(plain).replace("\r\n", "\n").replace("\r", "\n"))
    markup = "\n".join([f"<p>{_linked(block.strip())}</p>" for block in blocks if block.strip()])
    # Without a link it is clean as it stands, unless a mark at its beginning would join the bracket before it.
    is_clean = "<a " not in markup and len(markup) <= _LONGEST and is_normalized("NFC", markup)
    return markup.replace("\xa0", "&nbsp;") if is_clean else clean(markup)


def _linked(block: str) -> str:
    if "://" not in block:
        return escape(block, quote=False).replace("\n", "<br>")
    pieces: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(block):
        address = _without_punctuation(match[0])
        pieces.append(escape(block[end : match.start()], quote=False))
        pieces.append(f'<a href="{escape(address)}">{escape(address, quote=False)}</a>')
        end = match.start() + len(address)
    pieces.append(escape(block[end:], quote=False))
    return "".join(pieces).replace("\n", "<br>")


def _without_punctuation(address: str) -> str:
    end, unopened = len(address), address.count(")") - address.count("(")
    while address[end - 1] in _AFTER_ADDRESS:
        # A bracket that the address opened itself belongs to it (as in Wikipedia's titles).
        if address[end - 1] == ")" and unopened <= 0:
            break
        unopened -= address[end - 1] == ")"
        end -= 1
    return address[:end]
