"""Whole set-ups of their own: a home, a database and the real command line, on whichever database the suite runs."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
Loa = Callable[..., subprocess.CompletedProcess[str]]


class Place:
    """A LOA_HOME with its database, and `loa` run in it."""

    def __init__(self, home: Path, database_url: str | None) -> None:
        self.home, self.database_url = home, database_url

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("LOA_") and k != "DJANGO_SETTINGS_MODULE"}
        url = {"LOA_DATABASE_URL": self.database_url} if self.database_url else {}
        return kept | {"LOA_HOME": str(self.home), "PYTHONPATH": str(ROOT)} | url

    def loa(self, *words: object, code: int = 0) -> str:
        """Run the command; return all it said; it must end with that code."""
        command = [sys.executable, "-P", "-m", "loa.project.cli", *map(str, words)]
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


@pytest.fixture
def make_place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Return a maker of empty places; their PostgreSQL databases are dropped afterwards."""
    made: list[str] = []
    cluster = os.environ.get("LOA_DATABASE_URL", "")
    on_postgres = cluster.startswith("postgres")

    def admin(statement: str) -> None:
        import psycopg

        with psycopg.connect(cluster.replace("postgres://", "postgresql://"), autocommit=True) as connection:
            connection.execute(statement)

    def make(name: str) -> Place:
        if not on_postgres:
            return Place(tmp_path / name, None)
        database = f"custody_{uuid.uuid4().hex}"
        admin(f"CREATE DATABASE {database}")
        made.append(database)
        return Place(tmp_path / name, cluster.rsplit("/", 1)[0] + f"/{database}")

    yield make
    for database in made:
        admin(f"DROP DATABASE {database} WITH (FORCE)")
