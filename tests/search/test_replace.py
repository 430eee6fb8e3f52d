"""Bringing the index to what the archive says."""

from pathlib import Path
from typing import Any

import pytest

from loa.search import queries
from loa.search.actions.rebuild import rebuild
from loa.search.actions.replace import replace
from tests.search.conftest import MakeDocument

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.LOA_SEARCH_FOLDER = tmp_path / "search"
    return tmp_path


def test_twice_is_once(make_document: MakeDocument) -> None:
    rebuild([])
    for _ in range(2):
        replace(["a"], documents=[make_document("a")], whole=list)
    assert queries.search(1, "tin").ids == ["a"]


def test_a_withdrawn_entry_leaves_in_every_language(make_document: MakeDocument) -> None:
    rebuild([make_document("a"), make_document("a", key="a:en"), make_document("b")])
    replace(["a"], documents=[], whole=list)
    assert queries.search(1, "tin").ids == ["b"]


def test_a_lost_index_is_built_from_everything(make_document: MakeDocument) -> None:
    replace(["a"], documents=[make_document("a")], whole=lambda: [make_document("a"), make_document("b")])
    assert sorted(queries.search(1, "tin").ids) == ["a", "b"]
