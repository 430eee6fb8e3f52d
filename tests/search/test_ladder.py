"""Weighing the likely best first gives the order that weighing everything gives."""

import math
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from loa.search import ladder
from loa.search.engine import Engine, Part
from loa.search.fields import Document
from loa.search.reading import parse
from loa.search.tree import Filters
from tests.search.conftest import MakeDocument

WORDS = ("má", "mà", "thông", "tin", "đối", "ngoại", "lúa", "gạo", "sao", "mai", "thứ", "hai")
FIRST = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def archive(engine: Engine, make_document: MakeDocument) -> Engine:
    dice = random.Random(5)

    def documents() -> Iterator[Document]:
        for number in range(600):
            drawn = dice.choices(WORDS, range(12, 0, -1), k=dice.randrange(8, 40))
            body, day = " ".join(drawn[6:]), FIRST + timedelta(days=number)
            yield make_document(
                str(number), " ".join(drawn[:4]), lead=" ".join(drawn[4:6]), body=body, published_at=day
            )

    engine.rebuild(documents())
    return engine


def keys(engine: Engine, text: str, part: Part) -> tuple[str, ...]:
    return engine.search(parse(text), Filters("1"), part, today=date(2025, 6, 1)).keys


@pytest.mark.parametrize(
    "text", ["má", "ma", "thông", "thông tin", "thong tin", "tin má", "hai", "sao mai thứ", "má mà lúa gạo", '"má mà"']
)
def test_the_order_is_the_same_on_every_page(archive: Engine, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "_FEW", 10)
    for part in (Part(10), Part(10, 10), Part(20, 40), Part(3, 48)):
        monkeypatch.setattr(ladder, "_MANY", 10_000)
        whole = keys(archive, text, part)
        monkeypatch.setattr(ladder, "_MANY", 1)
        assert keys(archive, text, part) == whole


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[ladder.Step]:
    """The steps that were gone, the last of them the one that sufficed."""
    gone: list[ladder.Step] = []

    def told(*asked: Any) -> Iterator[ladder.Step]:
        for step in steps(*asked):
            gone.append(step)
            yield step

    steps = ladder.steps
    monkeypatch.setattr(ladder, "steps", told)
    return gone


@pytest.mark.parametrize(("text", "steps"), [("má", 1), ("ma", 1), ("tin má", 1), ("thông tin", 2), ("thong tin", 2)])
def test_the_rest_is_not_weighed_where_nothing_better_can_be_in_it(
    archive: Engine, taken: list[ladder.Step], text: str, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "_FEW", 10)
    monkeypatch.setattr(ladder, "_MANY", 1)
    keys(archive, text, Part(10))
    assert len(taken) == steps
    assert taken[-1].beyond > -math.inf


@pytest.mark.parametrize("text", ["hai", "sao mai thứ"])
def test_all_are_weighed_where_the_likely_best_do_not_fill_a_page(
    archive: Engine, taken: list[ladder.Step], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "_MANY", 1)
    keys(archive, text, Part(10))
    assert taken[-1].beyond == -math.inf


def test_pages_follow_one_another(archive: Engine) -> None:
    together = keys(archive, "thông tin", Part(130))
    pieces = [key for offset in range(0, 130, 13) for key in keys(archive, "thông tin", Part(13, offset))]
    assert pieces == list(together)


def test_of_equal_texts_the_newer_goes_first(engine: Engine, make_document: MakeDocument) -> None:
    engine.rebuild(make_document(str(number), published_at=FIRST + timedelta(days=300 * number)) for number in range(3))
    found = engine.search(parse("tin"), Filters("1"), today=(FIRST + timedelta(days=610)).date())
    assert found.keys == ("2:vi", "1:vi", "0:vi")


def test_what_could_be_better_is_weighed_too(
    engine: Engine, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "_MANY", 1)
    monkeypatch.setattr(ladder, "_AMONG", 2)
    long = "lúa " * 30
    scattered = [make_document(str(number), f"tin {long} mai", body="x " * 300) for number in range(3)]
    engine.rebuild([*scattered, make_document("best", "Chuyện khác", body="tin mai")])
    assert engine.search(parse("tin mai"), Filters("1"), Part(1)).keys == ("best:vi",)
