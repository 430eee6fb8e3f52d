"""Feeds: RSS 2.0 and 1.0, Atom (RFC 4287), from a file or from an address."""

from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from loa.imports.errors import CannotRead
from loa.imports.rules import Item
from loa.lib import html
from loa.lib.safe_fetch import CannotFetch, Connector, Limits, Resolver, connect, fetch, resolve
from loa.lib.safe_xml import BadXml, Element, elements

MOST_BYTES = 20_000_000
LIMITS = Limits(most_bytes=MOST_BYTES, seconds=30.0, redirects=3, schemes=("https", "http"))
_ATOM, _RSS1 = "http://www.w3.org/2005/Atom ", "http://purl.org/rss/1.0/ "
_DC, _MEDIA = "http://purl.org/dc/elements/1.1/ ", "http://search.yahoo.com/mrss/ "
_CONTENT = "http://purl.org/rss/1.0/modules/content/ encoded"


def read(path: Path) -> Iterator[Item]:
    """Each entry of a file by its place, from 1. Raises CannotRead."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotRead(f"{path} is larger than {MOST_BYTES // 1_000_000} MB.")
        yield from _items(path.read_bytes(), str(path))
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror}.") from error


def read_address(url: str, *, resolver: Resolver = resolve, connector: Connector = connect) -> Iterator[Item]:
    """The same from an address on the open Internet. Raises CannotRead."""
    try:
        found = fetch(url, limits=LIMITS, resolver=resolver, connector=connector)
    except CannotFetch as error:
        raise CannotRead(f"{url} cannot be fetched: {error}.") from error
    yield from _items(found.body, found.url)


def _items(data: bytes, source: str) -> Iterator[Item]:
    try:
        root = next(elements([data], depth=0))
    except BadXml as error:
        raise CannotRead(f"{source} is no feed: {error}.") from error
    if root.name == f"{_ATOM}feed":
        title, language = html.to_text(root.first(f"{_ATOM}title")), root.attributes.get(_XML_LANG, "")
        entries = [_atom(entry, _link(root, source)) for entry in root.all(f"{_ATOM}entry")]
    elif root.local in ("rss", "RDF"):
        channel = next((one for one in root.children if one.local == "channel"), root)
        rows = [one for one in (*channel.children, *root.children) if one.local == "item"]
        title, language = html.to_text(_plain(channel, "title")), _plain(channel, "language")
        entries = [_rss(row, _plain(channel, "link") or source) for row in rows]
    else:
        raise CannotRead(f"{source} is no feed: its outermost element is {root.local[:40]}.")
    for number, values in enumerate(entries, start=1):
        yield Item(number, {"channel": title, "channel_language": language, **values})


_XML_LANG = "http://www.w3.org/XML/1998/namespace lang"


def _plain(element: Element, name: str) -> str:
    """An element of RSS, with the namespace of 1.0 or without."""
    return element.first(name) or element.first(f"{_RSS1}{name}") or element.first(f"{_DC}{name}")


def _rss(row: Element, source: str) -> dict[str, object]:
    link = _joined(source, _plain(row, "link"))
    guid = row.first("guid")
    is_link = guid.startswith("http")
    teaser, whole = _plain(row, "description"), row.first(_CONTENT)
    return {
        "id": guid or link or row.attributes.get("http://www.w3.org/1999/02/22-rdf-syntax-ns# about", ""),
        "title": html.to_text(_plain(row, "title")), "body_html": whole or teaser,
        "lead": html.to_text(teaser) if whole else "", "source_url": link or (guid if is_link else ""), "base": link,
        "authors": [_plain(row, "author"), row.first(f"{_DC}creator")], "images": _images(row, link),
        "topics": [one.text.strip() for one in row.children if one.local == "category" and one.text.strip()],
        **_rfc822(row.first("pubDate"), row.first(f"{_DC}date")),
    }  # fmt: skip


def _rfc822(written: str, dublin_core: str) -> dict[str, str]:
    """A date of RFC 822 with its offset; "-0000", a time without one, is read as UTC."""
    if not written:
        return {"published_at": dublin_core} if len(dublin_core) > 10 else {"published_on": dublin_core}
    try:
        at = parsedate_to_datetime(written)
    except (ValueError, OverflowError):
        return {"published_at": written}  # refused, in the words it was written in
    return {"published_at": (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).isoformat()}


def _atom(entry: Element, source: str) -> dict[str, object]:
    link = _link(entry, source)
    whole, summary = _markup(entry, "content"), _markup(entry, "summary")
    names = [one.first(f"{_ATOM}name") for one in entry.all(f"{_ATOM}author")]
    terms = (one.attributes.get("label") or one.attributes.get("term", "") for one in entry.all(f"{_ATOM}category"))
    return {
        "id": entry.first(f"{_ATOM}id") or link, "title": html.to_text(_markup(entry, "title")),
        "body_html": whole or summary, "lead": html.to_text(summary) if whole else "", "source_url": link, "base": link,
        "authors": names, "topics": [one for one in terms if one], "images": _images(entry, link),
        "language": entry.attributes.get(_XML_LANG, ""),
        "published_at": entry.first(f"{_ATOM}published") or entry.first(f"{_ATOM}updated"),
    }  # fmt: skip


def _link(element: Element, base: str) -> str:
    """Where a feed or an entry can be read as a page."""
    links = [one.attributes for one in element.all(f"{_ATOM}link")]
    own = next((one.get("href", "") for one in links if one.get("rel", "alternate") == "alternate"), "")
    return _joined(base, own)


def _joined(base: str, address: str) -> str:
    """The whole address; nothing for one that no program can read ("http://[")."""
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def _markup(entry: Element, name: str) -> str:
    """A text of Atom (RFC 4287, section 3.1) as markup: plain, escaped, or XHTML within the feed."""
    found = next(entry.all(f"{_ATOM}{name}"), None)
    if found is None:
        return ""
    kind = found.attributes.get("type", "text")
    if kind == "xhtml":
        return "".join(_written(child) for child in found.children)
    return found.text.strip() if kind in ("html", "text/html") else html.from_text(found.text)


def _written(element: Element) -> str:
    """XHTML as markup."""
    said = "".join(f' {name.rpartition(" ")[2]}="{escape(value)}"' for name, value in element.attributes.items())
    inner = "".join(escape(one, quote=False) if isinstance(one, str) else _written(one) for one in element.content)
    return f"<{element.local}{said}>{inner}</{element.local}>" if inner else f"<{element.local}{said}>"


def _images(row: Element, base: str) -> list[dict[str, str]]:
    """Pictures that stand beside a text: enclosures, Media RSS; a thumbnail only where there is no other."""
    groups = row.all(f"{_MEDIA}group")
    every = (*row.children, *(inner for group in groups for inner in group.children))
    beside = [one for one in every if _is_picture(one)]
    found: dict[str, dict[str, str]] = {}
    for one in [one for one in beside if one.local != "thumbnail"] or beside[:1]:
        if place := _joined(base, one.attributes.get("url") or one.attributes.get("href", "")):
            found.setdefault(place, {"url": place, "credit": one.first(f"{_MEDIA}credit")[:200]})
    return list(found.values())


def _is_picture(one: Element) -> bool:
    kind = one.attributes.get("type", "") or one.attributes.get("medium", "")
    is_enclosure = one.local == "enclosure" or one.attributes.get("rel") == "enclosure"
    is_media = one.name == f"{_MEDIA}content"
    return one.name == f"{_MEDIA}thumbnail" or ((is_enclosure or is_media) and kind.startswith("image"))
