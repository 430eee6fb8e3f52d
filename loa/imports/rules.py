"""How texts of other systems are read here: their keys, their headings, and the markup others write."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from loa.lib import html, reading, tokens, vietnamese


@dataclass(frozen=True, slots=True)
class Item:
    """What a provider found at one place of a file: values in the import format, or why there are none."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    left_out: str = ""  # what it is that is never brought in (drafts, comments), in the plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One picture by where it lies: an address, or a path below the folder that came along."""

    place: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One text, checked; its body is still as it came."""

    number: int  # where it stands in its file, from 1
    key: str  # what its source knows it by
    title: str
    body: str
    is_markup: bool = True  # even where it holds none; else a plain text, of paragraphs
    language: str
    published_at: datetime | None = None  # UTC; None: not known
    is_day_only: bool = False
    subtitle: str = ""
    lead: str = ""
    dateline: str = ""
    place: str = ""
    source_url: str = ""
    source_name: str = ""
    picture_credit: str = ""
    contact: str = ""
    views: int = 0
    organization: str = ""
    authors: tuple[str, ...] = ()  # whoever a mapping may know as a sender
    channel: str = ""  # the publication as a whole, where nothing else names a sender
    base: str = ""  # where the text stood: what its relative links begin with
    left_out: tuple[tuple[str, int], ...] = ()  # what stood with it and does not come (comments), and how many
    website: str = ""
    topics: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    quotes: tuple[dict[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()  # name and role
    old_addresses: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()  # what was left out of it, in sentences


@dataclass(frozen=True, slots=True)
class Refusal:
    """One text that does not come, and why; `is_meant`: its kind is never brought in."""

    number: int
    reason: str
    is_meant: bool = False


def key_of(portal_id: int, line: Line) -> str:
    """What a text is known by on the record, alike each time; 40 characters."""
    known = f"{portal_id}\n{line.key}"
    return f"in-{tokens.digest(known.encode())[:37]}"


@lru_cache(maxsize=10_000)  # texts have few headings and senders between them
def plain(name: str) -> str:
    """A heading's name as it is compared, however it is cased, marked and spaced."""
    return " ".join(vietnamese.fold(name).split())


SHORT = 2_000  # letters of a text that might turn out to be nothing but tags
_TAG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_EMPTY = re.compile(r"<(figure|p|a)(?:\s[^<>]*)?>\s*(?:<br ?/?>\s*)*</\1>", re.IGNORECASE)
_PICTURELESS = re.compile(r"<figure>\s*(?:<figcaption>(?:(?!</figcaption>).)*</figcaption>)\s*</figure>", re.DOTALL)
_LINK = re.compile(r"""(<a\b[^<>]*?\shref\s*=\s*)("[^"]*"|'[^']*'|[^\s"'<>]+)""", re.IGNORECASE)


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = {name: value or "" for name, value in attrs}


def image_address(tag: str) -> str:
    """Where the picture of an `<img>` lies; pages that load late keep it elsewhere than in `src`."""
    said = attributes(tag)
    late = (said.get(name, "") for name in ("data-src", "data-lazy-src", "data-original"))
    return next((one for one in (*late, said.get("src", "")) if one and not one.startswith("data:")), "")


def attributes(tag: str) -> dict[str, str]:
    """The attributes of one tag."""
    reader = _Attributes()
    reader.feed(tag)
    reader.close()
    return reader.found


def images_in(markup: str) -> list[str]:
    """Where the pictures lie that stand in a markup, in their order, each once."""
    tags = _TAG.findall(markup) if "<" in markup else ()
    return list(dict.fromkeys(address for tag in tags if (address := image_address(tag))))


def leading_image(markup: str) -> str:
    """Where the picture lies with which a text begins; empty where words come first."""
    found = _TAG.search(markup) if "<" in markup else None
    before = re.sub(r"<[^<>]*>", "", markup[: found.start()]) if found is not None else ""
    return image_address(found[0]) if found is not None and not before.strip() else ""


def place_images(markup: str, shown: Callable[[str], Mapping[str, Any] | None]) -> str:
    """The markup with our own pictures where theirs stood; one that `shown` does not know is taken out."""

    def own(match: re.Match[str]) -> str:
        address = image_address(match[0])
        picture = shown(address) if address else None
        if picture is None:
            return ""
        alt = attributes(match[0]).get("alt") or str(picture.get("alt", ""))
        return (
            f'<img src="{escape(str(picture["url"]))}" alt="{escape(alt)}"'
            f' width="{picture["width"]}" height="{picture["height"]}">'
        )

    return _TAG.sub(own, markup)


def addresses_in(markup: str) -> list[str]:
    """Where the links of a markup lead, without our own."""
    if "<a " not in markup:
        return []
    found = (unescape(match[2].strip("\"'")) for match in _LINK.finditer(markup))
    return [one for one in dict.fromkeys(found) if not one.startswith(("/r/", "/media/", "#"))]


def with_links(markup: str, leads: Callable[[str], str]) -> str:
    """The markup with its links leading to what `leads` says of an address; nothing: it stays."""

    def led(match: re.Match[str]) -> str:
        to = leads(unescape(match[2].strip("\"'")))
        return f'{match[1]}"{escape(to)}"' if to else match[0]

    return _LINK.sub(led, markup)


def with_whole_links(markup: str, base: str) -> str:
    """Links that were written from where the text stood lead on to the same place."""

    def whole(match: re.Match[str]) -> str:
        address = match[2].strip("\"'")
        try:
            return f'{match[1]}"{escape(urljoin(base, unescape(address)))}"'
        except ValueError:
            return f'{match[1]}"{escape(address)}"'

    return _LINK.sub(whole, markup) if base else markup


def public_id_of(key: str) -> str:
    """What stands in the address of a text, made of its key: what links to it can be led there before it came."""
    return tokens.short_id_of(key.encode())


def is_readable(line: Line) -> bool:
    """Whether something will be left of a text, as far as can be told before its pictures came."""
    return len(line.body) > SHORT or bool(line.images or images_in(line.body)) or rendered(line, {}) is not None


def tidy(markup: str) -> str:
    """Clean markup without the shells that a picture left which did not come along."""
    before = ""
    while before != markup:
        before, markup = markup, _EMPTY.sub("", _PICTURELESS.sub("", markup))
    return markup.strip()


def rendered(line: Line, pictures: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """The values of `archive`'s Text as readers will see them; None where nothing readable is left.

    `pictures` are those that came along, by where they lay. It asks no database and may run anywhere.
    """
    above = [pictures[image.place] for image in line.images if image.place in pictures]
    if not above and (first := leading_image(line.body)) in pictures:
        above = [pictures[first]]
    standing = {one["url"] for one in above}
    # A picture that stands above the text is not shown in it once more.
    within = {place: one for place, one in pictures.items() if one["url"] not in standing}
    # What is said to be plain is often markup all the same.
    is_markup = line.is_markup or html.is_markup(line.body)
    markup = (
        place_images(with_whole_links(line.body, line.base or line.source_url), within.get) if is_markup else line.body
    )
    if pictures:  # the full size behind a picture, and pictures that are links
        own = {place.partition("?")[0]: str(one["url"]) for place, one in pictures.items()}
        markup = with_links(markup, lambda address: own.get(address.partition("?")[0], ""))
    body = tidy(html.clean(markup) if is_markup else html.from_text(markup))
    words = html.to_text(body)
    if not words and not pictures:
        return None
    return {
        "language": line.language, "headline": line.title, "subtitle": line.subtitle, "lead": line.lead,
        "body_html": body, "body_text": words, "dateline": line.dateline, "source_url": line.source_url,
        "source_name": line.source_name, "picture_credit": line.picture_credit, "contact": line.contact,
        "pictures": [dict(one) for one in above],
        "quotes": [{"id": f"q{number}", **quote} for number, quote in enumerate(line.quotes, start=1)],
        "reading_minutes": reading.minutes(f"{line.lead}\n{words}", line.language),
    }  # fmt: skip
