"""No public page asks the database more than six times, in either language, with everything on it that can be."""

import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench import fill, scale

# Where nobody has read anything yet the portal comes to the rest; then the server has it for half a minute.
MOST, KEPT = 6, 1
LARGE = {"sitemap"}  # read by machines once a day; its cost is its own affair (`bench/scale.py` prints it)


def test_every_public_page_asks_at_most_six_times(
    client: Client, db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill.fill(120)
    scale.index()
    for name, path in scale.paths().items():
        if name in LARGE:
            continue
        for address in (path, f"/en{path}"):
            cache.clear()
            with django_assert_max_num_queries(MOST + KEPT, info=name):
                answer = client.get(address)
            assert answer.status_code in (200, 302), address


def test_a_release_page_is_light(client: Client, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    fill.fill(40)
    scale.weigh(scale.paths()["release"])
    assert capsys.readouterr().out.count("| ok") == 2
