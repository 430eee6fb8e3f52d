"""Reads the values of one text in the import format (docs/importing.md), or says in a sentence what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from loa.archive.rules import old_address
from loa.imports.errors import Refused
from loa.imports.rules import Image, Item, Line, Refusal
from loa.lib import clock, html, languages, tokens, vietnamese

MOST_LETTERS = 500_000  # of one text; what is longer, `html.clean` would show as it was typed
LONGEST = {
    "title": 300, "subtitle": 300, "dateline": 160, "source_url": 500, "source_name": 160, "picture_credit": 200,
    "place": 120, "id": 2000,
}  # fmt: skip
MOST_IN_A_LIST = 200


def lines(items: Iterable[Item], *, language: str = "", otherwise: str, zone: str) -> Iterator[Line | Refusal]:
    """Each text that was found, or why it cannot come; days are days of `zone`.

    Where a text says no language, `language` was asked for; else the publication's own, else `otherwise`.
    """
    for item in items:
        if item.refused or item.left_out:
            yield Refusal(item.number, item.refused or item.left_out, is_meant=bool(item.left_out))
            continue
        try:
            yield read(item.values, number=item.number, language=language, otherwise=otherwise, zone=zone)
        except Refused as error:
            yield Refusal(item.number, str(error))


def read(
    values: Mapping[str, Any], *, number: int = 0, language: str = "", otherwise: str = "vi", zone: str
) -> Line:  # fmt: skip
    """The text of these values. Raises Refused."""
    remarks = [str(one) for one in values.get("remarks") or ()]
    published_at, is_day_only = _moment(values, zone)
    organization = values.get("organization") or {}
    if isinstance(organization, str):
        organization = {"name": organization}
    if not isinstance(organization, Mapping):
        raise Refused("organization is neither a name nor {name, url}")
    name = _text(organization, "name")
    if len(name) > 200:
        raise Refused("the name of its organization is longer than 200 letters")
    return Line(
        number=number,
        key=_key(values),
        **{part: _text(values, part) for part in ("subtitle", "dateline", "place", "source_name", "contact")},
        title=_text(values, "title") or _missing("title"), body=_body(values),
        is_markup=bool(_text(values, "body_html")), language=_language(values, language, otherwise),
        lead=_text(values, "lead"), picture_credit=_text(values, "picture_credit"), source_url=_source(values, remarks),
        published_at=published_at, is_day_only=is_day_only, views=_views(values),
        authors=tuple(filter(None, map(str, _list(values, "authors")))), channel=_text(values, "channel")[:200],
        base=_text(values, "base"), left_out=tuple((values.get("left_out") or {}).items()),
        organization=name, website=_text(organization, "url")[:300],
        topics=tuple(str(one) for one in _list(values, "topics")), images=tuple(_images(values)),
        quotes=tuple(_quotes(values)),
        people=tuple(_people(values)), old_addresses=tuple(_addresses(values, remarks)), remarks=tuple(remarks),
    )  # fmt: skip


def _key(values: Mapping[str, Any]) -> str:
    """What it is known by, alike each time it is read: its id, else its title, body and date as they were written."""
    if known := _text(values, "id"):
        return f"id\n{known}"
    parts = ("title", "body", "body_html", "published_at", "published_on")
    return tokens.digest("\n".join(["text", *(str(values.get(part) or "") for part in parts)]).encode())


def _missing(name: str) -> str:
    raise Refused(f"it has no {name}")


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise Refused(f"{name} is no text")
    text = vietnamese.kept(str(value)).strip()
    if len(text) > LONGEST.get(name, MOST_LETTERS):
        raise Refused(f"{name} is longer than {LONGEST.get(name, MOST_LETTERS)} letters")
    return text


def _list(values: Mapping[str, Any], name: str) -> list[Any]:
    value = values.get(name) or []
    if not isinstance(value, list | tuple):
        raise Refused(f"{name} is no list")
    if len(value) > MOST_IN_A_LIST:
        raise Refused(f"{name} has more than {MOST_IN_A_LIST} items")
    return list(value)


def _body(values: Mapping[str, Any]) -> str:
    body = _text(values, "body_html") or _text(values, "body")
    if not body and not values.get("images"):
        raise Refused("it has no body")
    return body


def _language(values: Mapping[str, Any], asked: str, otherwise: str) -> str:
    channel = languages.find(_text(values, "channel_language").partition("-")[0])
    code = _text(values, "language") or asked or (channel.code if channel is not None else otherwise)
    # "en-US" is English where only English is known.
    found = languages.find(code) or languages.find(code.partition("-")[0])
    if found is None:
        raise Refused(f"its language “{code[:20]}” is not known")
    return found.code


def _source(values: Mapping[str, Any], remarks: list[str]) -> str:
    address = _text(values, "source_url")
    if address and not html.is_web_address(address):
        remarks.append("its source_url is no web address and was left out")
        return ""
    return address


def _views(values: Mapping[str, Any]) -> int:
    views = values.get("views") or 0
    if isinstance(views, bool) or not isinstance(views, int) or not 0 <= views < 2**31:
        raise Refused("views is no number of readers")
    return views


def _moment(values: Mapping[str, Any], zone: str) -> tuple[datetime | None, bool]:
    """When it was published, and whether only the day is known."""
    written, day = _text(values, "published_at"), _text(values, "published_on")
    try:
        if written:
            at = clock.parse_rfc3339(written)
        elif day:
            on = date.fromisoformat(day)
            at = datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        else:
            return None, True
    except (ValueError, OverflowError) as error:
        form = "2019-05-31T08:30:00+07:00" if written else "2019-05-31"
        raise Refused(f"its date “{(written or day)[:40]}” is not written like {form}") from error
    if at > clock.now():
        raise Refused(f"its date {(written or day)[:40]} has not come yet; only what was published is brought in")
    if at.year < 1000:
        raise Refused(f"its date “{(written or day)[:40]}” cannot be right")
    return at, not written


def _images(values: Mapping[str, Any]) -> Iterator[Image]:
    for one in _list(values, "images"):
        image = {"url": one} if isinstance(one, str) else one
        if not isinstance(image, Mapping) or not (image.get("url") or image.get("path")):
            raise Refused("one of its images has neither url nor path")
        yield Image(
            place=_text(image, "url") or _text(image, "path"), alt=_text(image, "alt")[:300],
            caption=_text(image, "caption")[:500], credit=_text(image, "credit")[:200],
        )  # fmt: skip


def _quotes(values: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for one in _list(values, "quotes"):
        if not isinstance(one, Mapping) or not _text(one, "text") or not _text(one, "name"):
            raise Refused("one of its quotes has no text or no name")
        yield {"text": _text(one, "text"), "name": _text(one, "name")[:120], "role": _text(one, "role")[:160]}


def _people(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for one in _list(values, "people"):
        person = {"name": one} if isinstance(one, str) else one
        if not isinstance(person, Mapping) or not (name := _text(person, "name")):
            raise Refused("one of its people has no name")
        yield name[:120], _text(person, "role")[:160]


def _addresses(values: Mapping[str, Any], remarks: list[str]) -> Iterator[tuple[str, str]]:
    for one in dict.fromkeys(vietnamese.kept(str(one)) for one in _list(values, "old_urls")):
        found = old_address(one)
        if found is None or not found[1]:
            remarks.append(f"its old address {one[:200]} can lead to no text and was left out")
        else:
            yield found
