"""The population ticker against the table of the United Nations."""

import re
from datetime import UTC, datetime

from django.test import Client

from loa.population import queries
from loa.portals.models import Portal


def test_a_year_begins_with_the_published_population_and_no_births() -> None:
    ticker = queries.at(datetime(2026, 1, 1, tzinfo=UTC))
    assert (ticker.population, ticker.births, ticker.deaths) == (8_266_245_291, 0, 0)


def test_half_a_year_has_half_its_births() -> None:
    assert queries.at(datetime(2026, 7, 2, 12, tzinfo=UTC)).births == round(132_503_469 / 2)


def test_it_stands_at_the_start_of_the_minute() -> None:
    late, early = datetime(2026, 5, 4, 3, 2, 59, tzinfo=UTC), datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
    assert queries.at(late) == queries.at(early)


def test_it_says_for_everybody_to_see_which_minute_it_is_right_for(client: Client, portal: Portal) -> None:
    page = client.get("/latest").text
    assert re.search(r"<span data-ticker-as-of>tính tới \d\d:\d\d UTC</span>", page)
