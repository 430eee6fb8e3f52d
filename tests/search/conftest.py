"""An index on disk and documents to put into it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from loa.search.engine import Engine
from loa.search.fields import Document

MakeDocument = Callable[..., Document]


@pytest.fixture
def make_document() -> MakeDocument:
    def make(name: str, headline: str = "Tin", **changes: Any) -> Document:
        values: dict[str, Any] = {
            "key": f"{name}:vi", "portal": "1", "language": "vi", "headline": headline, "subtitle": "",
            "lead": "", "body": "", "organization": "Sao Mai", "organization_slugs": ["sao-mai"], "place": "",
            "sections": ["kinh-te"], "topics": [], "kind": "release",
            "published_at": datetime(2024, 5, 1, tzinfo=UTC), "digest": name,
        }  # fmt: skip
        return Document(**{**values, **changes})

    return make


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = Engine(tmp_path / "search", patience=0.1)
    made.rebuild([])
    return made
