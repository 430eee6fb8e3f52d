"""No public page asks the database more than six times, in either language, with everything on it that can be."""

import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench import fill, scale
from loa.edge.kept import kept
from loa.lib.pieces import Pieces
from loa.pages.queries import lists

# Where nobody has read anything yet the portal comes to the rest, which the server has for half a minute then, and on
# the front page the texts of its cards, which it has until others take their place.
MOST, KEPT, TEXTS = 6, 1, 1
LARGE = {"sitemap"}  # read by machines once a day; its cost is its own affair (`bench/scale.py` prints it)


def test_every_public_page_asks_at_most_six_times(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill.fill(120)
    scale.index()
    monkeypatch.setattr(lists, "_cards", Pieces(lists.MOST_CARDS))
    monkeypatch.setattr(kept, "is_on", True)
    for name, path in scale.paths().items():
        if name in LARGE:
            continue
        for address in (path, f"/en{path}"):
            for texts in (TEXTS if name == "home" else 0, 0):
                cache.clear()
                kept.forget()
                with django_assert_max_num_queries(MOST + KEPT + texts, info=name):
                    answer = client.get(address)
                assert answer.status_code in (200, 302), address


def test_a_release_page_is_light(client: Client, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    fill.fill(40)
    scale.weigh(scale.paths()["release"])
    assert capsys.readouterr().out.count("| ok") == 2
