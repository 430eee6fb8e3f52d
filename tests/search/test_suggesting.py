"""What is offered while somebody types."""

import pytest

from loa.search.engine import Engine
from loa.search.suggesting import headlines
from tests.search.conftest import MakeDocument


@pytest.fixture
def archive(engine: Engine, make_document: MakeDocument) -> Engine:
    texts = ["Sao Mai thu hoạch lúa", "Sao Mai họp báo", "Sao Hôm khai trương", "Mai sau"]
    engine.index([make_document(f"n{number}", text) for number, text in enumerate(texts)])
    engine.index([make_document("other", "Sao Mai thu", portal="2")])
    return engine


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sa", {"n0", "n1", "n2", "n3"}), ("Sao M", {"n0", "n1"}), ("sao mai th", {"n0"}), ("thu ho", {"n0"}),
        ("khai", {"n2"}),
        ("SÁO MÀI T", {"n0"}), ("s", set()), ("", set()), ("zq", set()), ("!!!", set()), ('"sao', {"n0", "n1", "n2"}),
    ],
)  # fmt: skip
def test_headlines_that_go_on_like_this(archive: Engine, typed: str, found: set[str]) -> None:
    assert {key.partition(":")[0] for key in headlines(archive, "1", typed)} == found
