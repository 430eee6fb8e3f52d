"""RSS 2.0 with full text (content), authors (dc), changes (dcterms, atom) and pictures (Media RSS)."""

from email.utils import format_datetime
from xml.etree import ElementTree as ET

from loa.feeds.views.items import Item
from loa.feeds.views.media_rss import add_files
from loa.feeds.views.outline import Outline
from loa.feeds.views.xml import ATOM, NAMESPACES, add, bare, filled

TYPE = "application/rss+xml"


def write(feed: Outline) -> bytes:
    """The feed; a withdrawn entry stays an item of the same guid that says so."""
    root = ET.Element("rss", {"version": "2.0", "xmlns:atom": ATOM, **NAMESPACES})
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.home)
    add(channel, "description", feed.description)
    add(channel, "language", feed.language)
    add(channel, "lastBuildDate", format_datetime(feed.updated_at))
    add(channel, "generator", "Loa")
    add(channel, "docs", "https://www.rssboard.org/rss-specification")
    add(channel, "atom:link", rel="self", type=TYPE, href=feed.here)
    return filled(root, (item.text for item in feed.items), "</channel></rss>")


def piece(item: Item) -> bytes:
    """One item of a feed."""
    made = ET.Element("item")
    add(made, "title", item.title)
    add(made, "link", item.link)
    add(made, "guid", item.guid, isPermaLink="true")
    add(made, "pubDate", format_datetime(item.published_at))
    add(made, "atom:updated", item.updated_at.isoformat())
    add(made, "dcterms:modified", item.updated_at.isoformat())
    add(made, "dc:creator", item.sender)
    add(made, "dc:language", item.language)
    for category in item.categories:
        add(made, "category", category.term, domain=category.scheme)
    add(made, "description", item.summary)
    add(made, "content:encoded", item.content)
    if item.source_url:
        add(made, "dc:source", item.source_url)
    if item.licence:
        add(made, "dc:rights", item.licence)
        add(made, "dcterms:license", item.licence_url)
    for picture in item.pictures[:1]:
        add(made, "enclosure", url=picture.url, length=str(picture.size), type=picture.type)
    add_files(made, item)
    return bare(made)
