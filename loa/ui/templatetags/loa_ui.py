"""Small words for templates: figures, days and times the way the reader's language writes them; and stylesheets."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import formats
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi

from loa.lib import dates, languages
from loa.ui import styles

register = template.Library()


@register.filter
def figure(value: int) -> str:
    """A whole number with the thousands mark of the language: 8.328.011.214 or 8,328,011,214."""
    text = f"{int(value):,}"
    language = get_language() or "vi"
    if language not in ("vi", "en"):
        return formats.number_format(int(value), use_l10n=True, force_grouping=True)
    return text if language == "en" else text.replace(",", ".")


@register.filter
def day(value: datetime, zone: str) -> str:
    """The day in words, in a zone: "11 tháng 10, 2023"."""
    return dates.day_in_words(value.astimezone(ZoneInfo(zone)).date(), get_language() or "vi")


@register.filter
def iso_day(written: str) -> str:
    """A day kept as ISO 8601 in words: "2023-07-05" gives "5 tháng 7, 2023"; anything else stays as it is written."""
    try:
        return dates.day_in_words(date.fromisoformat(written[:10]), get_language() or "vi")
    except ValueError:
        return written


@register.filter
def clock(value: datetime, zone: str) -> str:
    """The time of day in a zone: "09:40"."""
    return dates.clock(value.astimezone(ZoneInfo(zone)))


@register.filter
def moment(value: datetime, zone: str) -> str:
    """The time and the day in words, in a zone: "09:40, 11 tháng 10, 2023"."""
    return dates.moment_in_words(value, zone, get_language() or "vi")


@register.filter
def iso(value: datetime, zone: str) -> str:
    """The moment as HTML and feeds write it, with the zone's offset."""
    return value.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


@register.filter
def lang(code: str) -> str:
    """The attributes of an element that holds a text in this language; `dir` where the page runs the other way."""
    return _lang(code, "rtl" if get_language_bidi() else "ltr")


@lru_cache(maxsize=500)
def _lang(code: str, around: str) -> str:
    direction = languages.get(code).direction
    if direction == around:
        return format_html('lang="{}"', code)
    return format_html('lang="{}" dir="{}"', code, direction)


@register.filter
def own_name(code: str) -> str:
    """What the readers of a language call it."""
    return languages.own_name(code)


@register.filter
def language_name(code: str) -> str:
    """What a language is called in the reader's, in the middle of a sentence."""
    return languages.name(code, get_language() or "vi")


@register.filter
def with_nonce(media: object, nonce: str) -> str:
    """A form's scripts, each with the number that the page's content security policy lets in."""
    return mark_safe(str(media).replace("<script ", f'<script nonce="{escape(nonce)}" '))  # noqa: S308 (a form's own media)


class KeptNode(template.Node):
    """A piece of the frame that many pages share, drawn once (`frame.keep`) for all that it varies by."""

    child_nodelists = ("inside",)

    def __init__(self, name: str, varies: list[FilterExpression], inside: NodeList) -> None:
        self.name, self.varies, self.inside = name, varies, inside

    def render(self, context: Context) -> str:
        """Drawn, or as it was drawn before."""
        frame = context.get("frame")
        keep: Callable[..., Any] | None = frame.get("keep") if frame else None
        if keep is None:
            return self.inside.render(context)
        return str(
            keep(self.name, *(one.resolve(context) for one in self.varies), draw=lambda: self.inside.render(context))
        )


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "name" value … %}…{% endkept %}`: what is between says nothing but these and the frame's key.

    That key (`frame.keep`) is all that the portal, its sisters and sections say, the language and the day. What else
    the frame holds (here, unread, …) is a value to be named.
    """
    _, name, *varies = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name, [parser.compile_filter(one) for one in varies], inside)


@register.simple_tag(takes_context=True)
def stylesheet(context: Context, name: str) -> str:
    """The link to a stylesheet and all it imports, as one file in the portal's accent."""
    frame: Any = context.get("frame") or {}
    portal = frame.get("portal")
    colours = (portal.accent, portal.accent_dark) if portal else ()
    return format_html('<link rel="stylesheet" href="{}">', styles.address(name, *colours))
