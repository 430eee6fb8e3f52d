"""pen: one writer from batch to batch, laid down for others, and lost with nothing but what was in hand."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from loa.search import damage, folder, pen
from loa.search.engine import Engine
from loa.search.errors import IndexBusy, IndexUnavailable
from tests.search.conftest import MakeDocument

_ENDS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from loa.search.engine import Engine
from loa.search.fields import Document
engine = Engine(Path(sys.argv[1]))
for number in range(20):
    engine.index([Document(f"{number}:vi", "1", "vi", "tin", "", "", "", "", "", "", [], [], "release",
                           datetime(2024, 1, 1, tzinfo=UTC), "d")])
"""


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A line for each writer that was opened."""
    made: list[object] = []
    opened = pen.opened

    @contextmanager
    def told(*asked: Any) -> Iterator[Any]:
        made.append(asked)
        with opened(*asked) as writer:
            yield writer

    monkeypatch.setattr(pen, "opened", told)
    return made


@pytest.fixture
def other(engine: Engine) -> Engine:
    """Another one on the same folder, as another process has it."""
    return Engine(engine.folder, patience=60)


def test_batches_share_a_writer(engine: Engine, make_document: MakeDocument, openings: list[object]) -> None:
    for number in range(20):
        engine.index([make_document(str(number))])
        assert engine.count() == number + 1
    assert len(openings) == 1


def test_it_is_laid_down_when_nothing_comes(
    engine: Engine, make_document: MakeDocument, openings: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pen, "IDLE", 0.0)
    engine.index([make_document("a")])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and is_held(engine):
        time.sleep(0.01)
    engine.index([make_document("b")])
    assert (engine.count(), len(openings)) == (2, 2)


def is_held(engine: Engine) -> bool:
    """Whether it is in hand; whoever asks by one_writer gets it laid down."""
    try:
        with folder._held(engine.folder, "writer.lock", 0.0):
            return False
    except IndexBusy:
        return True


def test_others_get_their_turn(engine: Engine, other: Engine, make_document: MakeDocument) -> None:
    engine = Engine(engine.folder, patience=60)
    for number in range(3):
        engine.index([make_document(f"a{number}")])
        other.index([make_document(f"b{number}")])
    assert engine.count() == other.count() == 6


def test_a_rebuild_is_swapped_in_under_it(engine: Engine, other: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("old")])
    other.rebuild([make_document("new")])
    engine.index([make_document("next")])
    assert other.check({"new:vi": "new", "next:vi": "next"}).missing == ()
    assert engine.count() == 2


def test_a_batch_that_fails_goes_in_not_at_all(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a")])
    with pytest.raises(RuntimeError), engine._pen.in_hand() as writer:
        writer.delete_documents_by_term("key", "a:vi")
        raise RuntimeError
    engine.index([make_document("b")])
    assert engine.count() == 2


def test_a_folder_that_is_taken_away_is_noticed(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a")])
    shutil.rmtree(engine.folder)
    with pytest.raises(IndexUnavailable):
        engine.index([make_document("b")])
    engine.rebuild([make_document("c")])
    engine.index([make_document("d")])
    assert engine.count() == 2


def test_a_process_ends_with_it_in_hand(engine: Engine) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ENDS, str(engine.folder)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert engine.count() == 20
    assert engine.damaged_files() == []


def test_what_is_merged_away_meanwhile_is_not_damaged(
    engine: Engine, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        engine.index([make_document(str(number))])
    before, is_whole = engine.searcher().num_segments, damage._is_whole

    def look(path: Any) -> bool:
        for number in range(8):
            engine.index([make_document(f"{path.name}{number}")])
        engine._pen.lay_down()
        monkeypatch.setattr(damage, "_is_whole", is_whole)
        return is_whole(path)

    monkeypatch.setattr(damage, "_is_whole", look)
    assert engine.damaged_files() == []
    assert engine.searcher().num_segments < before + 8


def test_what_is_to_follow_is_waited_for(engine: Engine, other: Engine, make_document: MakeDocument) -> None:
    engine.replace(["a"], [make_document("a")], is_more=True)
    engine.replace(["b"], [make_document("b")], is_more=True)
    assert other.count() == 0
    engine.replace([], [])
    assert other.count() == 2


def test_what_waits_is_committed_when_the_pen_is_laid_down(
    engine: Engine, other: Engine, make_document: MakeDocument
) -> None:
    engine.replace(["a"], [make_document("a")], is_more=True)
    other.index([make_document("b")])
    assert other.count() == 2
    engine.replace([], [])
    assert other.count() == 2


def test_where_that_cannot_be_done_the_next_one_says_so(
    engine: Engine, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no room")

    engine.replace(["a"], [make_document("a")], is_more=True)
    with monkeypatch.context() as patched:
        patched.setattr(pen.Pen, "_commit", fail)
        engine._pen.lay_down()
    with pytest.raises(IndexUnavailable, match="before"):
        engine.replace(["b"], [make_document("b")])
    engine.replace(["a", "b"], [make_document("a"), make_document("b")])
    assert engine.count() == 2


def test_what_waits_is_lost_with_what_fails_after_it(engine: Engine, make_document: MakeDocument) -> None:
    engine.replace(["a"], [make_document("a")], is_more=True)
    broken: Any = "nothing that can be indexed"
    with pytest.raises(AttributeError), engine._pen.in_hand():
        broken.key()
    engine.replace([], [])
    assert engine.count() == 0
