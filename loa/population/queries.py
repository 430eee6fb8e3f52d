"""The world's population and this year's births and deaths, at a moment."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

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
