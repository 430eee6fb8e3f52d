"""Whole set-ups of their own: a home, a database and the real command line, on whichever database the suite runs."""

import os
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import homes

MakePlace = Callable[[str], "Place"]
TIN_MOI = ("Tin Mới", "lan@example.vn", "mot-mat-khau-dai")


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
    return dbapi2.connect(place.home / "loa.db", timeout=20, isolation_level=None)


def is_postgres() -> bool:
    """Say which database the suite runs on."""
    return os.environ.get("LOA_DATABASE_URL", "").startswith("postgres")


def admin(statement: str) -> None:
    """Run a statement in the suite's own PostgreSQL cluster."""
    import psycopg

    address = os.environ["LOA_DATABASE_URL"].replace("postgres://", "postgresql://")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def address_of(database: str) -> str:
    """The address of a database of that cluster."""
    return os.environ["LOA_DATABASE_URL"].rsplit("/", 1)[0] + f"/{database}"


@cache
def begun_database() -> str:
    """The database others are made from, with a begun portal's tables."""
    admin("CREATE DATABASE custody_begun")
    homes.begun(*TIN_MOI, address_of("custody_begun"))
    return "custody_begun"


@pytest.fixture
def new_database() -> Iterator[Callable[[str], str | None]]:
    """Return a maker of PostgreSQL databases from a template, dropped afterwards; of nothing on SQLite."""
    made: list[str] = []

    def make(template: str = "template1") -> str | None:
        if not is_postgres():
            return None
        made.append(f"custody_{uuid.uuid4().hex}")
        admin(f"CREATE DATABASE {made[-1]} TEMPLATE {template}")
        return address_of(made[-1])

    yield make
    for database in made:
        admin(f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture
def make_place(tmp_path: Path, new_database: Callable[..., str | None]) -> MakePlace:
    """Return a maker of empty places."""
    return lambda name: Place(tmp_path / name, new_database())


@pytest.fixture
def begin_place(tmp_path: Path, new_database: Callable[..., str | None]) -> MakePlace:
    """Return a maker of places as `loa init` leaves them: the portal Tin Mới and its operator Lan."""

    def make(name: str) -> Place:
        template = begun_database() if is_postgres() else ""
        shutil.copytree(homes.begun(*TIN_MOI, address_of(template) if template else None), tmp_path / name)
        return Place(tmp_path / name, new_database(template))

    return make
