"""Lines and cards of lists, drawn here: twenty of them as templates cost more than all the rest of a page."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Protocol
from zoneinfo import ZoneInfo

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.archive import queries
from loa.archive.models import Entry, Version
from loa.archive.rules import kind_name
from loa.edge.kept import kept
from loa.lib import clock, dates
from loa.lib.pieces import Pieces
from loa.media.templatetags.loa_media import picture
from loa.organizations.models import Organization
from loa.pages.templatetags.loa_pages import near_or_far, what_it_shows
from loa.ui.templatetags.loa_ui import figure, lang

register = template.Library()
LEAD_WORDS = 40
MOST_DRAWN = 4_000_000  # bytes of lines and cards that are kept in each process
DARKER = (1, 3, 10)  # entries of a day: from here on it is drawn darker


class Sender(Protocol):
    """A line of the directory (`queries.directory`)."""

    @property
    def slug(self) -> str:
        """The last word of its address."""

    @property
    def name(self) -> str:
        """As it calls itself."""

    @property
    def kind(self) -> str:
        """What it is, in the language of the page."""

    @property
    def city(self) -> str:
        """Where it is, likewise; may be empty."""


class Counted(Protocol):
    """A line of a register (`queries.figures`)."""

    @property
    def name(self) -> str:
        """In the language of the page."""

    @property
    def path(self) -> str:
        """Where it leads, without the language."""

    @property
    def entries(self) -> int:
        """How many it holds."""

    @property
    def below(self) -> "Sequence[Counted]":
        """What stands under it."""


Days = tuple[tuple[int, int], ...]
"""A week of a month's calendar (`views.archive`): the day, 0 for another month's, and how many entries it holds."""


@register.simple_tag
def lines(
    entries: Sequence[Entry], zone: str, level: int = 3, leads: int = 0, own: Organization | None = None
) -> str:  # fmt: skip
    """Entries of a list, their headlines on a `level`, the first so many with their lead.

    On the page of their `own` sender the kind stands for the name.
    """
    here = Here.in_zone(zone)
    drawn = (_kept(_line, one, here, level, own, number < leads) for number, one in enumerate(entries))
    return mark_safe("".join(drawn))  # noqa: S308 (all that anybody wrote is escaped)


@register.simple_tag
def cards(entries: Sequence[Entry], zone: str) -> str:
    """Entries, each with its first picture."""
    here = Here.in_zone(zone)
    return mark_safe("".join(_kept(_card, one, here) for one in entries))  # noqa: S308 (likewise)


@dataclass(frozen=True, slots=True)
class Here:
    """Where and when a list is read, looked up once for all its lines."""

    zone: ZoneInfo
    today: date
    language: str

    @classmethod
    def in_zone(cls, zone: str) -> "Here":
        """On this zone's clocks, in the language of the page."""
        return cls(ZoneInfo(zone), clock.now().astimezone(ZoneInfo(zone)).date(), get_language() or "vi")


_drawn: Pieces[str] = Pieces(MOST_DRAWN)


def _kept(draw: Callable[..., str], entry: Entry, here: Here, *more: Hashable) -> str:
    """As it was drawn before, where the entry `says` all that goes into it; other lists are too many to keep."""
    if not (kept.is_on and hasattr(entry, "says")):
        return draw(entry, here, *more)
    key = (draw, what_it_shows(entry), here, more)
    drawn = _drawn.get(key)
    if drawn is None:
        drawn = draw(entry, here, *more)
        _drawn.put(key, drawn, 2 * len(drawn))
    return drawn


def _line(entry: Entry, here: Here, level: int, own: Organization | None, has_lead: bool) -> str:
    text, local = _text(entry), entry.published_at.astimezone(here.zone)
    spoken, lead = lang(text.language), _cut(text.lead) if has_lead else ""
    said = f'<p class="line__lead" {spoken}>{escape(lead)}</p>' if lead else ""
    return (
        f'<li class="line"><time class="line__time" datetime="{local.date().isoformat()}">'
        f"{near_or_far(local, here.today, here.language, is_day_only=entry.is_day_only)}"
        f'</time><div><h{level} class="line__headline" {spoken}>{_headline(entry, text)}</h{level}>{said}'
        f'<p class="line__sender">{_under(entry, own, here.language)}</p></div></li>'
    )


def _card(entry: Entry, here: Here) -> str:
    text, local = _text(entry), entry.published_at.astimezone(here.zone)
    path, shown = escape(queries.link(entry)), ""
    if text.pictures:
        sizes = "(min-width: 40rem) 17rem, (min-width: 30rem) 100vw, 50vw"
        drawn = picture(text.pictures[0], sizes=sizes, alt="", widest=960)
        shown = f'<a class="card__picture" href="{path}" tabindex="-1" aria-hidden="true">{drawn}</a>'
    return (
        f'<article class="card">{shown}\n<p class="card__kind">{escape(kind_name(entry.kind))}</p>'
        f'<h3 class="card__headline" {lang(text.language)}>{_headline(entry, text)}</h3>'
        f'<p class="card__sender">{_sender(entry, here.language)} · <time datetime="{local.date().isoformat()}">'
        f"{dates.day_in_words(local.date(), here.language)}</time></p>"
        "</article>"
    )


@register.simple_tag
def senders(lines: Iterable[Sender], prefix: str) -> str:
    """Lines of the directory."""
    return mark_safe("".join(_sender_line(one, prefix) for one in lines))  # noqa: S308 (likewise)


def register_of(heads: Iterable[Counted], prefix: str) -> str:
    """What a page counts, the narrower or older ones under each head."""
    return mark_safe("".join(_head(one, prefix) for one in heads))  # noqa: S308 (likewise)


def _head(head: Counted, prefix: str) -> str:
    below = "".join(f"<li>{_counted(one, prefix)}</li>" for one in head.below)
    below = f"<ul>{below}</ul>" if below else ""
    return f'<li><p class="register__name">{_counted(head, prefix)}</p>{below}</li>'


def _counted(one: Counted, prefix: str) -> str:
    entries = f' <span class="figure">{figure(one.entries)}</span>' if one.entries else ""
    return f'<a href="{escape(prefix + one.path)}">{escape(one.name)}</a>{entries}'


def _sender_line(one: Sender, prefix: str) -> str:
    under = f"{one.kind} · {one.city}" if one.city else one.kind
    return (
        f'<li><a href="{escape(prefix)}/o/{escape(one.slug)}">{escape(one.name)}</a> '
        f'<span class="line__sender">{escape(under)}</span></li>'
    )


@register.simple_tag
def weeks(of: Iterable[Days], month: date, prefix: str) -> str:
    """The rows of a month in a calendar."""
    language, said = get_language() or "vi", _("%(day)s: %(entries)s thông cáo")
    return mark_safe("".join(_week(one, month, prefix, language, said) for one in of))  # noqa: S308 (likewise)


@lru_cache(maxsize=2_000)
def _week(week: Days, month: date, prefix: str, language: str, said: str) -> str:
    """Seven cells; drawn once for all years while their counts stay, for a year has five hundred."""
    cells = (
        _cell(month.replace(day=day), entries, prefix, language, said) if day else "<td></td>" for day, entries in week
    )
    return f"<tr>{''.join(cells)}</tr>"


def _cell(day: date, entries: int, prefix: str, language: str, said: str) -> str:
    if not entries:
        return f'<td><span class="calendar__day">{day.day}</span></td>'
    words = escape(said % {"day": dates.day_in_words(day, language), "entries": figure(entries)})
    path, shade = escape(f"{prefix}/archive/{day:%Y/%m/%d}"), sum(entries >= step for step in DARKER)
    return f'<td><a class="calendar__day calendar__day--{shade}" href="{path}" aria-label="{words}">{day.day}</a></td>'


def _text(entry: Entry) -> Version:
    """What is shown of it; a list holds none without."""
    assert entry.current is not None  # noqa: S101 (said for the type checker)
    return entry.current


def _headline(entry: Entry, text: Version) -> str:
    return f'<a href="{escape(queries.link(entry))}">{escape(text.headline)}</a>'


def _under(entry: Entry, own: Organization | None, language: str) -> str:
    if own is not None and own.pk == entry.organization_id:
        return escape(kind_name(entry.kind))
    sourced = f" · {escape(_('tin dẫn nguồn'))}" if entry.kind == "sourced" else ""
    return _sender(entry, language) + sourced


def _sender(entry: Entry, language: str) -> str:
    elsewhere = f" · {escape(entry.portal.name)}" if entry.is_elsewhere else ""
    return escape(entry.organization.label(language)) + elsewhere


def _cut(lead: str) -> str:
    """As `truncatewords` cuts."""
    words = lead.split()
    return " ".join(words) if len(words) <= LEAD_WORDS else " ".join(words[:LEAD_WORDS]) + " …"
