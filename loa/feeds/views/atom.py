"""Atom (RFC 4287) with full text, licences (RFC 4946), pictures (Media RSS) and tombstones (RFC 6721)."""

from xml.etree import ElementTree as ET

from loa.feeds.views.items import Item
from loa.feeds.views.media_rss import add_files
from loa.feeds.views.outline import Outline
from loa.feeds.views.xml import ATOM, NAMESPACES, TOMBSTONES, add, bare, filled

TYPE = "application/atom+xml"


def write(feed: Outline) -> bytes:
    """The feed; a withdrawn entry is a tombstone with its statement."""
    names = {"xmlns:media": NAMESPACES["xmlns:media"], "xmlns:dc": NAMESPACES["xmlns:dc"]}
    root = ET.Element("feed", {"xmlns": ATOM, "xmlns:at": TOMBSTONES, **names, "xml:lang": feed.language})
    add(root, "id", feed.home)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.description)
    add(root, "updated", feed.updated_at.isoformat())
    add(root, "link", rel="alternate", type="text/html", href=feed.home)
    add(root, "link", rel="self", type=TYPE, href=feed.here)
    author = add(root, "author")
    add(author, "name", feed.publisher)
    add(root, "generator", "Loa")
    return filled(root, (item.text for item in feed.items), "</feed>")


def piece(item: Item) -> bytes:
    """One entry of a feed, or its tombstone."""
    return bare(_tombstone(item) if item.is_withdrawn else _entry(item))


def _entry(item: Item) -> ET.Element:
    made = ET.Element("entry", {"xml:lang": item.language})
    add(made, "id", item.guid)
    add(made, "title", item.title)
    add(made, "link", rel="alternate", type="text/html", hreflang=item.language, href=item.link)
    add(made, "link", rel="alternate", type="text/markdown", hreflang=item.language, href=f"{item.link}.md")
    add(made, "published", item.published_at.isoformat())
    add(made, "updated", item.updated_at.isoformat())
    author = add(made, "author")
    add(author, "name", item.sender)
    add(author, "uri", item.sender_url)
    for category in item.categories:
        term = category.code or category.term
        add(made, "category", term=term, scheme=category.scheme, label=category.term)
    if item.summary:
        add(made, "summary", item.summary)
    add(made, "content", item.content, type="html")
    add(made, "rights", item.licence)
    add(made, "link", rel="license", href=item.licence_url)
    if item.source_url:
        add(made, "link", rel="via", href=item.source_url)
    for file in [*item.pictures, *item.files]:
        length = str(file.size) if file.size else ""
        rel = "related" if file.type == "text/html" else "enclosure"  # a provider's player is a page, not a file
        add(made, "link", rel=rel, type=file.type, length=length, title=file.title, href=file.url)
    add_files(made, item)
    return made


def _tombstone(item: Item) -> ET.Element:
    made = ET.Element("at:deleted-entry", {"ref": item.guid, "when": item.updated_at.isoformat()})
    by = add(made, "at:by")
    add(by, "name", item.sender)
    add(made, "at:comment", item.summary, xml__lang=item.language)
    return made
