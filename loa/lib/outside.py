"""What a page of somebody else's says it is: title, outlet and day, read from its head; nothing in it is believed."""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

LONGEST_TITLE, LONGEST_OUTLET = 300, 120
_MOST = 600_000  # letters that are looked through: titles stand in the head
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEAD_BYTES = 4_096
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]|$)")
# Names of the `meta` elements, the one that is believed first standing first (Open Graph; Dublin Core; Twitter cards).
_TITLES, _OUTLETS = ("og:title", "twitter:title", "dc.title"), ("og:site_name", "application-name")
_DAYS = ("article:published_time", "og:article:published_time", "pubdate", "dc.date", "date")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself; empty where it says nothing."""

    title: str = ""
    outlet: str = ""
    day: date | None = None


def read(body: bytes) -> Page:
    """The page behind these bytes; never an error, whatever they are."""
    reader = _Head()
    reader.feed(_decoded(body)[:_MOST])
    reader.close()
    meta = reader.meta
    title = next((meta[name] for name in _TITLES if meta.get(name)), "") or reader.title
    outlet = next((meta[name] for name in _OUTLETS if meta.get(name)), "")
    day = next((found for name in _DAYS if (found := _day(meta.get(name, "")))), None)
    return Page(_plain(title, LONGEST_TITLE), _plain(outlet, LONGEST_OUTLET), day)


def _decoded(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    told = _CHARSET.search(body[:_HEAD_BYTES])
    try:
        name = codecs.lookup(told[1].decode("ascii") if told else "utf-8").name
        return body.decode(name, "replace")
    except (LookupError, ValueError):  # a name nobody knows, or one of Python's codecs that makes no text
        return body.decode("utf-8", "replace")


def _day(written: str) -> date | None:
    match = _DAY.match(written.strip())
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _plain(text: str, most: int) -> str:
    """One line in NFC without control letters, cut between words."""
    kept = "".join(" " if unicodedata.category(one)[0] == "C" else one for one in unicodedata.normalize("NFC", text))
    line = " ".join(kept.split())
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0]}…"


class _Head(HTMLParser):
    """The first title and the meta elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.title = ""
        self._is_in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A title begins, or a meta element says something; what is said first counts."""
        if tag == "title" and not self.title:
            self._is_in_title = True
        elif tag == "meta":
            said = dict(attrs)
            name = (said.get("property") or said.get("name") or said.get("itemprop") or "").strip().lower()
            if name and len(self.meta) < 200:
                self.meta.setdefault(name, said.get("content") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<meta … />` is a meta element like any other."""
        if tag == "meta":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """The title ends; those of drawings further down are no title of the page."""
        if tag == "title":
            self._is_in_title = False

    def handle_data(self, data: str) -> None:
        """Letters of the title."""
        if self._is_in_title and len(self.title) < 2_000:
            self.title += data
