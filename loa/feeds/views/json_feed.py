"""JSON Feed 1.1; what it has no name for stands under `_loa`."""

import json
from typing import Any

from loa.feeds.views.items import WIDTH, File, Item
from loa.feeds.views.outline import Outline
from loa.media.templatetags.loa_media import at_width

TYPE = "application/feed+json"


def write(feed: Outline) -> bytes:
    """The feed; a withdrawn entry stays an item of the same id that says so."""
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home,
        "feed_url": feed.here,
        "language": feed.language,
        "authors": [{"name": feed.publisher}],
    }
    start = json.dumps(said, ensure_ascii=False).removesuffix("}").encode()
    return start + b', "items": [' + b", ".join(item.text for item in feed.items) + b"]}"


def piece(item: Item) -> bytes:
    """One item of a feed."""
    said = {
        "id": item.guid,
        "url": item.link,
        "external_url": item.source_url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content,
        "image": at_width(item.pictures[0].url, WIDTH) if item.pictures else "",
        "date_published": item.published_at.isoformat(),
        "date_modified": item.updated_at.isoformat(),
        "authors": [{"name": item.sender, "url": item.sender_url}],
        "tags": [category.term for category in item.categories],
        "language": item.language,
        "attachments": [_attachment(file) for file in [*item.pictures, *item.files]],
        "_loa": _more(item),
    }
    filled = {name: value for name, value in said.items() if value or name == "content_html"}
    return json.dumps(filled, ensure_ascii=False).encode()


def _attachment(file: File) -> dict[str, Any]:
    said = {"url": file.url, "mime_type": file.type, "title": file.title, "size_in_bytes": file.size}
    return {name: value for name, value in said.items() if value}


def _more(item: Item) -> dict[str, Any]:
    if item.is_withdrawn:
        return {"is_withdrawn": True}
    pictures = [
        {"url": one.url, "alt": one.description, "credit": one.credit, "license": one.licence or item.licence_url}
        for one in item.pictures
    ]
    categories = [{"term": one.code or one.term, "scheme": one.scheme} for one in item.categories]
    return {
        "is_withdrawn": False,
        "license": item.licence_url,
        "rights": item.licence,
        "categories": categories,
        "pictures": pictures,
    }
