"""A folder for static files, which a checkout has only once it was set up; and releases with everything in them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from loa.archive.models import Entry

PICTURES = [
    {"url": "/media/lua.webp", "width": 1600, "height": 900, "bytes": 2048, "alt": "Cánh đồng lúa",
     "caption": "Lúa chín <vàng> & thơm", "credit": "Lan Anh"},
    {"url": "/media/gat.webp", "width": 800, "height": 600, "bytes": 1024, "alt": "Máy gặt", "caption": "",
     "credit": "Minh", "licence": "https://creativecommons.org/licenses/by/4.0/"},
]  # fmt: skip
VIDEOS = [
    {"file": "v", "title": "Gặt lúa", "credit": "Sao Mai", "width": 1280, "height": 720, "url": "/media/gat.mp4",
     "bytes": 4096, "format": "mp4", "seconds": 95, "poster": {"url": "/media/poster.webp"}},
    {"file": "w", "title": "Trên YouTube", "credit": "", "width": 0, "height": 0, "provider": "youtube",
     "id": "abcdefghijk"},
]  # fmt: skip
ATTACHMENTS = [{"file": "a", "url": "/media/bang.pdf", "title": "Bảng số liệu", "name": "b.pdf", "bytes": 99}]


@pytest.fixture(autouse=True)
def static_root(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture
def put_out_whole(put_out: Callable[..., Entry]) -> Callable[..., Entry]:
    """Return a maker of entries with pictures, videos and a document."""

    def make(**changes: Any) -> Entry:
        whole = {"pictures": PICTURES, "videos": VIDEOS, "attachments": ATTACHMENTS, "licence": "cc-by"}
        return put_out(**{**whole, **changes})

    return make
