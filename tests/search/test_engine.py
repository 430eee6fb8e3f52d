"""Writing, swapping and losing the index."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from loa.search import folder
from loa.search.engine import Engine
from loa.search.errors import IndexBusy, IndexUnavailable
from loa.search.fields import Document
from loa.search.reading import parse
from loa.search.tree import Filters
from tests.search.conftest import MakeDocument


def found(engine: Engine, text: str = "tin") -> list[str]:
    return sorted(engine.search(parse(text), Filters("1")).keys)


def test_indexing_twice_doubles_nothing(engine: Engine, make_document: MakeDocument) -> None:
    for _ in range(2):
        engine.index([make_document("a"), make_document("a")])
    assert engine.count() == 1


def test_a_new_text_replaces_the_old(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a", "cũ")])
    engine.index([make_document("a", "mới")])
    assert (found(engine, "cũ"), found(engine, "mới")) == ([], ["a:vi"])


def test_removing_twice_does_no_harm(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a")])
    for _ in range(2):
        engine.remove(["a:vi"])
    assert found(engine) == []


def test_another_reader_sees_each_commit(engine: Engine, make_document: MakeDocument) -> None:
    reader = Engine(engine.folder)
    assert found(reader) == []
    engine.index([make_document("a")])
    assert found(reader) == ["a:vi"]


def test_a_missing_index_is_a_fact(tmp_path: Path, make_document: MakeDocument) -> None:
    engine = Engine(tmp_path / "nowhere")
    assert not engine.exists()
    with pytest.raises(IndexUnavailable):
        found(engine)
    with pytest.raises(IndexUnavailable):
        engine.index([make_document("a")])


def test_an_index_that_vanishes_while_it_is_read_is_a_fact(engine: Engine) -> None:
    found(engine)
    shutil.rmtree(engine.folder)
    with pytest.raises(IndexUnavailable):
        found(engine)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\x00"])
def test_a_damaged_index_is_a_fact(engine: Engine, damage: bytes) -> None:
    (folder.current(engine.folder) / "meta.json").write_bytes(damage)
    with pytest.raises(IndexUnavailable):
        found(Engine(engine.folder))


def test_lost_segments_are_a_fact(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a")])
    for path in folder.current(engine.folder).glob("*.term"):
        path.unlink()
    with pytest.raises(IndexUnavailable):
        found(Engine(engine.folder))


def test_a_rebuild_mends_a_damaged_index(engine: Engine, make_document: MakeDocument) -> None:
    (engine.folder / "CURRENT").write_text("../../etc")
    assert not engine.exists()
    assert engine.rebuild([make_document("a")]) == 1
    assert found(engine) == ["a:vi"]


def test_readers_read_the_old_index_until_the_swap(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("old")])
    reader = Engine(engine.folder)

    def documents() -> Iterator[Document]:
        assert found(reader) == ["old:vi"]
        yield make_document("new")
        assert found(reader) == ["old:vi"]

    engine.rebuild(documents())
    assert found(reader) == ["new:vi"]


def test_readers_never_fail_while_indexes_are_swapped(engine: Engine, make_document: MakeDocument) -> None:
    engine.rebuild([make_document("a")])
    stop, wrong = threading.Event(), []

    def read() -> None:
        reader = Engine(engine.folder)
        while not stop.is_set():
            try:
                keys = found(reader)
            except Exception as error:
                wrong.append(repr(error))
            else:
                if keys != ["a:vi"]:
                    wrong.append(repr(keys))

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(5):
        engine.rebuild([make_document("a")])
    stop.set()
    thread.join()
    assert wrong == []


def test_a_rebuild_that_fails_leaves_the_old_index(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document("a")])

    def documents() -> Iterator[Document]:
        yield make_document("b")
        raise RuntimeError("the archive went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents())
    assert found(engine) == ["a:vi"]
    assert len([path for path in engine.folder.iterdir() if path.is_dir()]) == 1


def test_old_generations_do_not_pile_up(engine: Engine) -> None:
    for _ in range(4):
        engine.rebuild([])
    assert len([path for path in engine.folder.iterdir() if path.is_dir()]) == 1


def test_a_second_writer_is_told_to_wait(engine: Engine, make_document: MakeDocument) -> None:
    with folder.one_writer(engine.folder, 0), pytest.raises(IndexBusy):
        engine.index([make_document("a")])
    engine.index([make_document("a")])


def test_check_names_what_is_missing_changed_and_left_over(engine: Engine, make_document: MakeDocument) -> None:
    engine.index([make_document(name) for name in "abc"])
    assert not engine.check({"a:vi": "a", "b:vi": "b", "c:vi": "c"})
    differences = engine.check({"a:vi": "a", "b:vi": "other", "d:vi": "d"})
    assert differences.missing == ("d:vi",)
    assert differences.changed == ("b:vi",)
    assert differences.extra == ("c:vi",)
