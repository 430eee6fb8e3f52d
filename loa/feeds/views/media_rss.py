"""Pictures, videos and documents as Media RSS 1.5.1 has them, in RSS and Atom alike: with credit and licence."""

from xml.etree import ElementTree as ET

from loa.feeds.views.items import File, Item
from loa.feeds.views.xml import add


def add_files(parent: ET.Element, item: Item) -> None:
    """One media:content for each file; they are different things, not renditions of one, so no group."""
    for file in [*item.pictures, *item.files]:
        _add(parent, file, item)


def _add(parent: ET.Element, file: File, item: Item) -> None:
    is_page = file.type == "text/html"  # a provider's player, not a file
    made = add(
        parent,
        "media:content",
        url="" if is_page else file.url,
        type="" if is_page else file.type,
        medium=file.medium,
        fileSize=_figure(file.size),
        width=_figure(file.width),
        height=_figure(file.height),
    )
    add(made, "media:title", file.title or item.title, type="plain")
    if file.description:
        add(made, "media:description", file.description, type="plain")
    if file.poster:
        add(made, "media:thumbnail", url=file.poster)
    add(made, "media:credit", file.credit or item.sender)
    own = file.licence
    is_address = own.startswith(("https://", "http://"))
    add(made, "media:license", own or item.licence, type="text/html", href=own if is_address else item.licence_url)
    if is_page:
        add(made, "media:player", url=file.url)


def _figure(number: int) -> str:
    return str(number) if number else ""
