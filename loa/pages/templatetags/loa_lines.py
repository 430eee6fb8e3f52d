"""Lines and cards of lists, drawn here: twenty of them as templates cost more than all the rest of a page."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from loa.archive import queries
from loa.archive.models import Entry, Version
from loa.archive.rules import kind_name
from loa.media.templatetags.loa_media import picture
from loa.organizations.models import Organization
from loa.pages.templatetags.loa_pages import when
from loa.ui.templatetags.loa_ui import day, figure, iso, lang

register = template.Library()
LEAD_WORDS = 40


class Day(Protocol):
    """A cell of a calendar (`views.archive`)."""

    @property
    def number(self) -> int:
        """Of the month; 0: another month's."""

    @property
    def path(self) -> str:
        """Where it leads; empty: nothing happened on it."""

    @property
    def entries(self) -> int:
        """How many it holds."""

    @property
    def label(self) -> str:
        """The day in words."""

    @property
    def shade(self) -> int:
        """How dark it is drawn."""


@register.simple_tag
def lines(
    entries: Sequence[Entry], zone: str, level: int = 3, leads: int = 0, own: Organization | None = None
) -> str:  # fmt: skip
    """Entries of a list, their headlines on a `level`, the first so many with their lead.

    On the page of their `own` sender the kind stands for the name.
    """
    drawn = (_line(one, zone, level, own, has_lead=number < leads) for number, one in enumerate(entries))
    return mark_safe("".join(drawn))  # noqa: S308 (all that anybody wrote is escaped)


@register.simple_tag
def cards(entries: Sequence[Entry], zone: str) -> str:
    """Entries, each with its first picture."""
    return mark_safe("".join(_card(one, zone) for one in entries))  # noqa: S308 (likewise)


def _line(entry: Entry, zone: str, level: int, own: Organization | None, *, has_lead: bool) -> str:
    text = _text(entry)
    spoken, lead = _lang(text.language, get_language_bidi()), _cut(text.lead) if has_lead else ""
    said = f'<p class="line__lead" {spoken}>{escape(lead)}</p>' if lead else ""
    return (
        f'<li class="line"><time class="line__time" datetime="{iso(entry.published_at, zone)[:10]}">{when(entry, zone)}'
        f'</time><div><h{level} class="line__headline" {spoken}>{_headline(entry, text)}</h{level}>{said}'
        f'<p class="line__sender">{_under(entry, own)}</p></div></li>'
    )


def _card(entry: Entry, zone: str) -> str:
    text = _text(entry)
    path, shown = escape(queries.link(entry)), ""
    if text.pictures:
        sizes = "(min-width: 40rem) 17rem, (min-width: 30rem) 100vw, 50vw"
        drawn = picture(text.pictures[0], sizes=sizes, alt="", widest=960)
        shown = f'<a class="card__picture" href="{path}" tabindex="-1" aria-hidden="true">{drawn}</a>'
    at = entry.published_at
    return (
        f'<article class="card">{shown}\n<p class="card__kind">{escape(kind_name(entry.kind))}</p>'
        f'<h3 class="card__headline" {_lang(text.language, get_language_bidi())}>{_headline(entry, text)}</h3>'
        f'<p class="card__sender">{_sender(entry)} · <time datetime="{iso(at, zone)[:10]}">{day(at, zone)}</time></p>'
        "</article>"
    )


@register.simple_tag
def days(week: Iterable[Day], prefix: str) -> str:
    """The cells of a week in a calendar; a year has five hundred."""
    said = _("%(day)s: %(entries)s thông cáo")
    return mark_safe("".join(_cell(one, prefix, said) for one in week))  # noqa: S308 (likewise)


def _cell(one: Day, prefix: str, said: str) -> str:
    if not one.path:
        return f'<td><span class="calendar__day">{one.number}</span></td>' if one.number else "<td></td>"
    words = escape(said % {"day": one.label, "entries": figure(one.entries)})
    shown = f'class="calendar__day calendar__day--{one.shade}" href="{escape(prefix + one.path)}" aria-label="{words}"'
    return f"<td><a {shown}>{one.number}</a></td>"


def _text(entry: Entry) -> Version:
    """What is shown of it; a list holds none without."""
    assert entry.current is not None  # noqa: S101 (said for the type checker)
    return entry.current


def _headline(entry: Entry, text: Version) -> str:
    return f'<a href="{escape(queries.link(entry))}">{escape(text.headline)}</a>'


def _under(entry: Entry, own: Organization | None) -> str:
    if own is not None and own.pk == entry.organization_id:
        return escape(kind_name(entry.kind))
    sourced = f" · {escape(_('tin dẫn nguồn'))}" if entry.kind == "sourced" else ""
    return _sender(entry) + sourced


def _sender(entry: Entry) -> str:
    elsewhere = f" · {escape(entry.portal.name)}" if entry.is_elsewhere else ""
    return escape(entry.organization.name) + elsewhere


def _cut(lead: str) -> str:
    """As `truncatewords` cuts."""
    words = lead.split()
    return " ".join(words) if len(words) <= LEAD_WORDS else " ".join(words[:LEAD_WORDS]) + " …"


@lru_cache(maxsize=500)
def _lang(code: str, is_rtl: bool) -> SafeString:
    del is_rtl  # what `lang` asks by itself
    return SafeString(conditional_escape(lang(code)))
