"""The world's population and this year's births and deaths, at a moment."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from loa.ui.templatetags.loa_ui import figure

WORLD = "900"
_DATA = Path(__file__).with_name("data") / "wpp2024.json"


@dataclass(frozen=True, slots=True)
class Ticker:
    """Whole persons at `as_of`, and what is added a second, for the page's own counting."""

    as_of: datetime
    population: int
    births: int
    deaths: int
    births_a_second: float
    deaths_a_second: float


@cache
def _years(location: str) -> dict[str, dict[str, int]]:
    years: dict[str, dict[str, int]] = json.loads(_DATA.read_text(encoding="utf-8"))["locations"][location]["years"]
    return years


def drawn(moment: datetime, language: str) -> str:
    """The ticker as a page shows it, for the page's own counting too; drawn once a minute for every page."""
    return _drawn(at(moment), language)


@lru_cache(maxsize=100)
def _drawn(ticker: Ticker, language: str) -> str:
    del language  # of the words and the marks of thousands, as they are switched on
    clock = f"{ticker.as_of:%H:%M} UTC"
    figures = (
        (_("Dân số thế giới"), "population", ticker.population),
        (_("Sinh năm nay"), "births", ticker.births),
        (_("Mất năm nay"), "deaths", ticker.deaths),
    )
    shown = " ".join(
        f'<span>{escape(name)} <b class="figure" data-count="{key}">{figure(value)}</b></span>'
        for name, key, value in figures
    )
    return mark_safe(  # noqa: S308 (figures, and words of ours that are escaped)
        f'<p class="ticker" data-ticker data-as-of="{ticker.as_of.isoformat()}" '
        f'data-births="{ticker.births_a_second}" data-deaths="{ticker.deaths_a_second}" '
        f'title="{escape(_("Liên Hợp Quốc, WPP 2024; tính tới"))} {clock}">{shown} '
        f"<span data-ticker-as-of>{escape(_('tính tới'))} {clock}</span></p>"
    )


def at(moment: datetime, location: str = WORLD) -> Ticker:
    """The figures at the start of the moment's minute: a year's births and deaths spread evenly over it (UTC)."""
    minute = moment.astimezone(UTC).replace(second=0, microsecond=0)
    start = datetime(minute.year, 1, 1, tzinfo=UTC)
    seconds = (datetime(minute.year + 1, 1, 1, tzinfo=UTC) - start).total_seconds()
    years = _years(location)
    row = years.get(str(minute.year)) or years[max(years)]
    share = (minute - start).total_seconds() / seconds
    births, deaths = row["births"] * share, row["deaths"] * share
    return Ticker(
        minute,
        round(row["pop_start"] + births - deaths),
        round(births),
        round(deaths),
        row["births"] / seconds,
        row["deaths"] / seconds,
    )
