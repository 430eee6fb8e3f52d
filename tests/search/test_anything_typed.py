"""No text that somebody types makes a search fail, by relevance or by date, in a small archive or a large one."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loa.search import counting, ladder
from loa.search.engine import Engine, Part
from loa.search.fields import Document
from loa.search.reading import parse
from loa.search.spelling import corrected
from loa.search.tree import Filters

WORDS = ("tin", "thông tin", "má", "ma", "có thể", "2023", "57-KL/TW", "有机稻米", "ข้าวอินทรีย์", "x" * 61)
SIGNS = ("-", "OR", "HOẶC", '"', "org:", "tổ chức:", "từ:2020", "before:2030", "lang:vi", "kind:news", "(", "*", ":")
TYPED = st.lists(st.sampled_from(WORDS + SIGNS) | st.text(max_size=8), max_size=24).map(" ".join) | st.text(max_size=80)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = Engine(tmp_path_factory.mktemp("typed"))
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    engine.rebuild(
        Document(
            f"{number}:{language}", "1", language, f"{word} thứ {number}", "", "thông tin", f"có thể {word} 2023",
            "Sao Mai", ["sao-mai"], "", ["muc"], ["t1"], "news", moment, "d",
        )
        for number, word in enumerate(WORDS * 6) for language in ("vi", "en")
    )  # fmt: skip
    return engine


@pytest.mark.parametrize("size", ["small", "large"])
@given(text=TYPED, is_by_date=st.booleans())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@example(text="-tin -má", is_by_date=False)
@example(text="tin " * 100, is_by_date=False)
@example(text=" OR ".join(WORDS * 5), is_by_date=True)
@example(text=" ".join(f"-{word}" for word in WORDS * 4), is_by_date=True)
@example(text='"' + " ".join(WORDS * 3) + '"', is_by_date=False)
def test_it_is_answered(archive: Engine, size: str, text: str, is_by_date: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if size == "large":
            patch.setattr(ladder, "_MANY", 1)
            patch.setattr(counting, "_ALL_OF", 1)
            patch.setattr(counting, "_ENOUGH", 1)
        question = parse(text)
        found = archive.search(question, Filters("1"), Part(10), by_date=is_by_date, facets=True)
        assert len(found.keys) <= 10
        assert found.total >= (0 if found.is_about else len(found.keys))
        assert archive.search(question, Filters("2"), Part(10), by_date=is_by_date).keys == ()
        corrected(archive.searcher(), question, text, is_empty=not found.total)
