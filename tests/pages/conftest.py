"""A folder for static files, which a checkout has only once it was set up; and no figures of the test before."""

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def static_root(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Pages say figures as of a minute ago; a test that ran in that minute had other entries."""
    cache.clear()
