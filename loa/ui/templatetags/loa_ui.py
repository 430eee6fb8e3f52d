"""Small words for templates: figures, days and times the way the reader's language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi

from loa.lib import dates, languages

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
    return value.astimezone(ZoneInfo(zone)).strftime("%H:%M")


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
    direction = languages.get(code).direction
    if direction == ("rtl" if get_language_bidi() else "ltr"):
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
