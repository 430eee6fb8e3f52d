"""An entry as every kind of feed tells it: full text, pictures with credit, terms; or that it was withdrawn."""

import mimetypes
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from loa.archive import queries as archive
from loa.archive import rules
from loa.archive.models import Entry, Licence, State, Version
from loa.archive.sheet import of_entry as sheet_of
from loa.archive.templatetags.loa_fact_lines import details
from loa.lib import html, languages
from loa.media.templatetags.loa_media import at_width, with_words
from loa.ui.language import speaking

GENRES = "http://cv.iptc.org/newscodes/genre/"
TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
KINDS = "urn:loa:kind"
WIDTH = 1440  # of pictures as they are shown; their full size is among the files
_IMAGE = re.compile(r'(<img [^>]*?src=")([^"]+)')
_PLAYERS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture, video or document that comes with an item."""

    url: str
    type: str
    title: str = ""
    description: str = ""
    credit: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    poster: str = ""
    licence: str = ""  # where its own terms differ from the text's
    is_ai: bool = False  # a model drew it
    medium: str = "image"  # as Media RSS calls it: image, video, document


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What an item is filed under: the word for people, whose list it is from, and its code there."""

    term: str
    scheme: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item; `guid` leaves the slug out, so that a corrected headline is the same item."""

    guid: str
    link: str
    title: str
    content: str
    language: str
    sender: str
    sender_url: str
    published_at: datetime
    updated_at: datetime
    summary: str = ""
    categories: list[Category] = field(default_factory=list)
    pictures: list[File] = field(default_factory=list)
    files: list[File] = field(default_factory=list)  # videos and documents
    licence: str = ""
    licence_url: str = ""
    source_url: str = ""
    is_withdrawn: bool = False


def of_entry(entry: Entry) -> Item:
    """The item of an entry, in the language it was read with (`archive.with_texts`)."""
    return _withdrawn(entry) if entry.state == State.WITHDRAWN else _published(entry)


def _published(entry: Entry) -> Item:
    version, portal = _text_of(entry), entry.portal
    with speaking(version.language) as language:
        licence = str(Licence(version.licence or Licence.CREDIT).label)
        pictures = [_picture(entry, version, picture) for picture in version.pictures]
        files = [_video(portal.address, one) for one in version.videos]
        files += [_attachment(portal.address, one) for one in version.attachments]
        sheet = sheet_of(entry, language, version=version)
        gallery = sheet.gallery
        shown = {"entry": entry, "version": version, "cover": pictures[:1], "files": files, "licence": licence}
        shown["sender"] = sheet.sender
        shown["below"] = [one for one, said in zip(pictures, version.pictures, strict=True) if said in gallery]
        body = with_words(version.body_html, version.pictures)
        shown["body"] = _IMAGE.sub(_in_width, html.absolute(body, portal.address))
        shown["details"] = details(sheet, language)
        content = render_to_string("feeds/_content.html", shown)
    return Item(
        guid=guid_of(entry),
        link=portal.address + archive.address(entry, version),
        title=version.headline,
        content=_directed(content.strip(), version.language),
        summary=version.lead or version.subtitle or html.shorten(version.body_text, 300),
        language=version.language,
        sender=sheet.sender,
        sender_url=portal.address + entry.organization.get_absolute_url(),
        published_at=entry.published_at,
        updated_at=archive.modified_at(entry),
        categories=_categories(entry, version.language),
        pictures=pictures,
        files=files,
        licence=licence,
        licence_url=rules.licence_address(version.licence, portal.link("/terms", version.language)),
        source_url=version.source_url,
    )


def _in_width(found: re.Match[str]) -> str:
    """A picture in the text at the width it is looked at."""
    return found[1] + at_width(found[2], WIDTH)


def _directed(content: str, language: str) -> str:
    """A text that runs from right to left says so: few readers look at its language."""
    known = languages.find(language)
    is_plain = known is None or known.direction == "ltr"
    return content if is_plain else f'<div lang="{language}" dir="rtl">{content}</div>'


def _withdrawn(entry: Entry) -> Item:
    """That it was here and was taken back, and why; not a word of the old text, its slug included."""
    version = _text_of(entry)
    with speaking(version.language):
        return Item(
            guid=guid_of(entry),
            link=guid_of(entry),
            title=gettext("Đã rút"),
            content=html.from_text(entry.statement),
            summary=entry.statement,
            language=version.language,
            sender=entry.organization.label(version.language),
            sender_url=entry.portal.address + entry.organization.get_absolute_url(),
            published_at=entry.published_at,
            updated_at=entry.changed_at,
            is_withdrawn=True,
        )


def guid_of(entry: Entry) -> str:
    """The permanent name of an item."""
    return f"{entry.portal.address}/r/{entry.public_id}"


def _text_of(entry: Entry) -> Version:
    version = archive.text_of(entry)
    assert version is not None  # noqa: S101 (public entries have a text; said for the type checker)
    return version


def _categories(entry: Entry, language: str) -> list[Category]:
    topics = (
        Category(term=topic.label(language), scheme=TOPICS, code=topic.qcode.removeprefix("medtop:"))
        for topic in entry.topics.all()
    )
    return [
        Category(term=rules.genre(entry.kind), scheme=GENRES),
        Category(term=entry.kind, scheme=KINDS),
        Category(term=entry.section.name(language), scheme=f"{entry.portal.address}/s/"),
        *topics,
    ]


def _type_of(url: str, said: object) -> str:
    return str(said or mimetypes.guess_type(url)[0] or "application/octet-stream")


def _picture(entry: Entry, version: Version, picture: dict[str, Any]) -> File:
    url = picture["url"]
    return File(
        url=entry.portal.address + url,
        type=_type_of(url, picture.get("type")),
        title=str(picture.get("caption") or picture.get("alt") or version.headline),
        description=str(picture.get("alt") or ""),
        credit=rules.credit(picture, version.picture_credit, entry.organization.label(version.language)),
        licence=str(picture.get("licence") or ""),
        is_ai=bool(picture.get("is_ai")),
        size=int(picture.get("bytes") or 0),
        width=int(picture.get("width") or 0),
        height=int(picture.get("height") or 0),
        poster=small if (small := entry.portal.address + at_width(url, 640)) != entry.portal.address + url else "",
    )


def _video(origin: str, video: dict[str, Any]) -> File:
    poster = video.get("poster") or {}
    player = _PLAYERS.get(str(video.get("provider") or ""), "")
    return File(
        url=player + str(video.get("id")) if player else origin + str(video.get("url", "")),
        type="text/html" if player else _type_of(str(video.get("url", "")), ""),
        title=str(video.get("title") or ""),
        credit=str(video.get("credit") or ""),
        size=int(video.get("bytes") or 0),
        width=int(video.get("width") or 0),
        height=int(video.get("height") or 0),
        poster=origin + poster["url"] if poster.get("url") else "",
        medium="video",
    )


def _attachment(origin: str, attachment: dict[str, Any]) -> File:
    url = str(attachment.get("url", ""))
    title = str(attachment.get("title") or attachment.get("name") or "")
    return File(
        url=origin + url, type=_type_of(url, ""), title=title, size=int(attachment.get("bytes") or 0), medium="document"
    )
