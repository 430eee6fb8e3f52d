"""WordPress exports (WXR 1.0 to 1.2): published posts with their pictures; whatever else is in them is counted."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from loa.imports.errors import CannotRead
from loa.imports.rules import Item, attributes, with_links
from loa.lib import html
from loa.lib.safe_xml import BadXml, Element, elements

CHUNK = 65_536
_CONTENT = "http://purl.org/rss/1.0/modules/content/ encoded"
_CREATOR = "http://purl.org/dc/elements/1.1/ creator"
_LEFT_OUT = {
    "page": "pages", "nav_menu_item": "items of menus", "draft": "drafts", "pending": "drafts", "auto-draft": "drafts",
    "private": "private posts", "future": "posts that were still to come", "trash": "deleted posts",
}  # fmt: skip
_PICTURE = re.compile(r"\.(jpe?g|png|gif|webp|avif)$", re.IGNORECASE)
_UNTITLED = 80  # letters of the text that stand in for a title


def read(path: Path) -> Iterator[Item]:
    """Each post by its place in the file, from 1. Raises CannotRead."""
    try:
        blog = _Blog()
        for element in _of_channel(path):  # pictures may stand behind the posts that show them
            blog.note(element)
        number = 0
        for element in _of_channel(path):
            if element.local == "item":
                number += 1
                if _wp(element, "post_type") != "attachment":
                    yield blog.item(number, element)
    except (OSError, BadXml) as error:
        raise CannotRead(f"{path} is no WordPress export: {error}.") from error


def _of_channel(path: Path) -> Iterator[Element]:
    with path.open("rb") as file:
        yield from elements(iter(lambda: file.read(CHUNK), b""), depth=2)


def _wp(element: Element, name: str) -> str:
    """The text of one of WordPress's own elements, whose namespace has its version in it."""
    found = (one.text.strip() for one in element.children if one.local == name and "wordpress.org/export" in one.name)
    return next(found, "")


class _Blog:
    """What a file says of the blog as a whole."""

    def __init__(self) -> None:
        self.title = self.language = self.address = ""
        self.authors: dict[str, str] = {}
        self.pictures: dict[str, dict[str, str]] = {}  # by the id of their post
        self.pages: dict[str, str] = {}  # of pictures, which have one each: what lies there

    def note(self, element: Element) -> None:
        """Remember what posts refer to."""
        match element.local:
            case "title" | "language":
                setattr(self, element.local, element.text.strip())
            case "base_blog_url":
                self.address = element.text.strip()
            case "link" if not self.address:
                self.address = element.text.strip()
            case "author":
                self.authors[_wp(element, "author_login")] = _wp(element, "author_display_name")
            case "item" if _wp(element, "post_type") == "attachment":
                address = _wp(element, "attachment_url")
                if _PICTURE.search(address.partition("?")[0]):
                    said = {"url": address, "alt": _meta(element).get("_wp_attachment_image_alt", "")}
                    caption = html.to_text(_excerpt(element))
                    if page := element.first("link").rstrip("/"):  # else whatever leads to "/" would lead to it
                        self.pages[page] = address
                    self.pictures[_wp(element, "post_id")] = {**said, "caption": caption}

    def item(self, number: int, element: Element) -> Item:
        """One post in the import format, or why it does not come."""
        if what := _left_out(element):
            return Item(number, left_out=what)
        remarks: list[str] = []
        markup = self._markup(element.first(_CONTENT), _wp(element, "post_id"), remarks)
        title = html.to_text(element.first("title"))
        if not title and (words := html.to_text(html.clean(markup))):
            title = html.shorten(words, _UNTITLED)
            remarks.append(f"it had no title; its first words stand there: {title}")
        cover = self.pictures.get(_meta(element).get("_thumbnail_id", ""))
        guid, link, creator = element.first("guid"), element.first("link"), element.first(_CREATOR)
        short = f"{self.address.rstrip('/')}/?p={_wp(element, 'post_id')}" if _wp(element, "post_id") else ""
        old = [one for one in dict.fromkeys((link, guid, short)) if one.startswith("http")]
        return Item(number, {
            "id": self._id(element) or guid or link, "title": title, "body_html": markup,
            "lead": html.to_text(_excerpt(element)),
            "channel_language": self.language, "channel": self.title,
            "authors": [creator, self.authors.get(creator, "")],
            "topics": [one.text.strip() for one in element.all("category") if one.text.strip()], "base": link or short,
            "images": [cover] if cover else [], "old_urls": old, "remarks": remarks, **_moment(element),
            "left_out": _comments(element),
        })  # fmt: skip

    def _id(self, element: Element) -> str:
        """What it has in its database; addresses, and WordPress's own guid, may stand twice in one file."""
        number = _wp(element, "post_id")
        return f"wordpress:{_host(self.address)}:{number}" if number else ""

    def _markup(self, content: str, post_id: str, remarks: list[str]) -> str:
        """The text with what WordPress would have made of it when it showed it."""
        shortcodes = _Shortcodes(self.pictures, post_id)
        markup = with_links(shortcodes.resolved(content), lambda address: self.pages.get(address.rstrip("/"), ""))
        if shortcodes.unknown:
            remarks.append(f"left out of its text: {', '.join(f'[{name}]' for name in sorted(shortcodes.unknown))}")
        # What the block editor wrote has its paragraphs; what older ones wrote gets them only when it is shown.
        return markup if "<!-- wp:" in content else paragraphs(markup)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:  # "http://[": the file is read all the same
        return address


def _left_out(element: Element) -> str:
    kind, status = _wp(element, "post_type") or "post", _wp(element, "status") or "publish"
    if kind != "post":
        return _LEFT_OUT.get(kind, f"items of the kind {kind}")
    if _wp(element, "post_password"):
        return "posts behind a password"
    return "" if status == "publish" else _LEFT_OUT.get(status, f"posts that were {status}")


def _comments(element: Element) -> dict[str, int]:
    count = sum(one.local == "comment" for one in element.children)
    return {"comments": count} if count else {}


def _excerpt(element: Element) -> str:
    found = (one.text for one in element.children if one.local == "encoded" and "/excerpt/" in one.name)
    return next(found, "").strip()


def _meta(element: Element) -> dict[str, str]:
    rows = (one for one in element.children if one.local == "postmeta")
    return {_wp(row, "meta_key"): _wp(row, "meta_value") for row in rows}


def _moment(element: Element) -> dict[str, str]:
    """In UTC where the file says so; of a time of an unknown zone only the day is certain."""
    try:
        at = datetime.fromisoformat(_wp(element, "post_date_gmt")).replace(tzinfo=UTC)
        return {"published_at": at.isoformat()}
    except ValueError:  # 0000-00-00, or not there
        pass
    try:
        at = parsedate_to_datetime(element.first("pubDate"))
        return {"published_at": (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).isoformat()}
    except (ValueError, OverflowError):
        day = _wp(element, "post_date")[:10]
        return {"published_on": day} if day and not day.startswith("0000") else {}


_CODE = re.compile(r"\[(/?)([a-z][\w-]*)((?:\s[^\[\]]*)?)\]", re.IGNORECASE)
# Each looks so far and no further: a text full of such that nobody closed would be read to its end from each of them.
_CAPTION = re.compile(
    r"\[(?:wp_)?caption[^\]]{0,2000}\]((?:(?!\[(?:wp_)?caption\b).)*?)\[/(?:wp_)?caption\]", re.IGNORECASE | re.DOTALL
)
_EMBED = re.compile(r"\[embed[^\]]{0,2000}\]\s{0,99}(\S{1,2000}?)\s{0,99}\[/embed\]", re.IGNORECASE)
_GALLERY = re.compile(r"\[gallery([^\]]{0,2000})\]", re.IGNORECASE)
_IN_CAPTION = re.compile(r"((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*)", re.IGNORECASE | re.DOTALL)


class _Shortcodes:
    """WordPress's square brackets: captions and galleries become figures, addresses links; of others their names."""

    def __init__(self, pictures: dict[str, dict[str, str]], post_id: str) -> None:
        self.pictures, self.post_id = pictures, post_id
        self.unknown: set[str] = set()

    def resolved(self, content: str) -> str:
        content = _CAPTION.sub(self._figure, content)
        content = _EMBED.sub(lambda found: f'<p><a href="{escape(found[1])}">{escape(found[1])}</a></p>', content)
        content = _GALLERY.sub(self._gallery, content)
        closed = {found[2].lower() for found in _CODE.finditer(content) if found[1]}

        def without(found: re.Match[str]) -> str:
            # Brackets people write, "[…]" or "[top]", are words.
            if "=" not in found[3] and found[2].lower() not in closed:
                return found[0]
            self.unknown.add(found[2].lower())
            return ""

        return _CODE.sub(without, content)

    @staticmethod
    def _figure(found: re.Match[str]) -> str:
        inner = _IN_CAPTION.search(found[1])
        if inner is None:
            return found[1]
        said = attributes(found[0].partition("]")[0].replace("[", "<", 1) + ">").get("caption", "") or inner[2].strip()
        return f"<figure>{inner[1]}<figcaption>{said}</figcaption></figure>" if said else f"<figure>{inner[1]}</figure>"

    def _gallery(self, found: re.Match[str]) -> str:
        ids = re.findall(r"\d+", attributes(f"<gallery{found[1]}>").get("ids", ""))
        known = [self.pictures[one] for one in ids if one in self.pictures]
        if not known:
            self.unknown.add("gallery")
        return "".join(
            f'<figure><img src="{escape(one["url"])}" alt="{escape(one["alt"])}">'
            f"<figcaption>{escape(one['caption'])}</figcaption></figure>"
            for one in known
        )


_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|blockquote|figure|figcaption|pre|hr|"
    r"section|article|form|fieldset|address|details|summary)\b",
    re.IGNORECASE,
)


def paragraphs(content: str) -> str:
    """Blank lines part paragraphs and single ones break lines, as WordPress shows it; blocks of markup stay."""
    blocks = []
    for block in re.split(r"\n\s*\n", content.replace("\r\n", "\n").replace("\r", "\n")):
        written = block.strip()
        if not written:
            continue
        blocks.append(written if _BLOCK.match(written) else "<p>{}</p>".format(written.replace("\n", "<br>\n")))
    return "\n".join(blocks)
