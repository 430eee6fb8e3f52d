"""Whole set-ups of their own: a home, a database and the real command line, on whichever database the suite runs."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import homes

MakePlace = Callable[[str], "Place"]


class Place:
    """A LOA_HOME with its database, and `loa` run in it."""

    def __init__(self, home: Path, database_url: str | None) -> None:
        self.home, self.database_url = home, database_url

    @property
    def environment(self) -> dict[str, str]:
        return homes.environment(self.home, self.database_url)

    def loa(self, *words: object, code: int = 0) -> str:
        """Run the command; return all it said; it must end with that code."""
        command = [*homes.LOA, *map(str, words)]
        where = {"env": self.environment, "cwd": self.home.parent}
        done = subprocess.run(command, **where, capture_output=True, text=True, check=False)  # type: ignore[call-overload]
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Traceback" not in said, said
        return said


def connect(place: Place) -> Any:
    """Open the place's database directly, as another process would."""
    if place.database_url:
        import psycopg

        return psycopg.connect(place.database_url.replace("postgres://", "postgresql://"), autocommit=True)
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        from sqlite3 import dbapi2
    return dbapi2.connect(place.home / "loa.db", timeout=120, isolation_level=None)


@pytest.fixture
def make_place(tmp_path: Path) -> MakePlace:
    """Return a maker of empty places."""
    return lambda name: Place(tmp_path / name, homes.new_database() if homes.is_postgres() else None)


@pytest.fixture
def begin_place(tmp_path: Path) -> MakePlace:
    """Return a maker of places as `loa init` leaves them: the portal Tin Mới and its operator Lan."""

    def make(name: str) -> Place:
        url = homes.begin(
            tmp_path / name, name="Tin Mới", email="lan@example.vn", password="mot-mat-khau-dai",
            on_postgres=homes.is_postgres(),
        )  # fmt: skip
        return Place(tmp_path / name, url)

    return make
