"""The pool of connections: one is opened once, used by request after request, and never on another file."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from loa.project.config import sqlite
from loa.project.fair_sqlite import base
from loa.project.fair_sqlite.base import DatabaseWrapper
from loa.project.fair_sqlite.pool import LONGEST, Pool


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker) -> Iterator[Pool]:
    pool = Pool()
    pool.most = 1
    monkeypatch.setattr(base, "pool", pool)
    with django_db_blocker.unblock():  # files of its own
        yield pool
    while pool:
        pool._free.pop().connection.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "loa.db"


def wrapper(file: Path) -> DatabaseWrapper:
    """Django's side of a connection, as each thread has its own."""
    whole: dict[str, Any] = {
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "TEST": {},
    }
    return DatabaseWrapper({**whole, **sqlite(str(file))}, "default")


def raw(one: DatabaseWrapper) -> object:
    one.ensure_connection()
    return one.connection


def test_the_next_request_has_the_connection_of_the_last(pool: Pool, file: Path) -> None:
    one, other = wrapper(file), wrapper(file)
    first = raw(one)
    one.close()
    assert len(pool) == 1
    assert raw(other) is first
    with other.cursor() as cursor:
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    other.close()


def test_there_are_no_more_than_it_may_hold(pool: Pool, file: Path) -> None:
    both = [wrapper(file), wrapper(file)]
    for one in both:
        raw(one)
    for one in both:
        one.close()
    assert len(pool) == 1


def test_nothing_is_kept_where_nobody_said_how_many(pool: Pool, file: Path) -> None:
    pool.most = 0
    one = wrapper(file)
    raw(one)
    one.close()
    assert len(pool) == 0


def test_a_file_put_in_its_place_is_opened_anew(pool: Pool, file: Path) -> None:
    pool.most = 2
    one, other = wrapper(file), wrapper(file)
    with one.cursor() as cursor:
        cursor.execute("CREATE TABLE old (a)")
    one.close()
    file.unlink()
    with other.cursor() as cursor:
        assert cursor.execute("SELECT name FROM sqlite_master").fetchall() == []
    other.close()


def test_what_went_wrong_or_is_not_finished_is_closed(pool: Pool, file: Path) -> None:
    wrong, unfinished = wrapper(file), wrapper(file)
    raw(wrong)
    wrong.errors_occurred = True
    wrong.close()
    with unfinished.cursor() as cursor:
        cursor.execute("BEGIN")
    unfinished.close()
    assert len(pool) == 0


def test_it_is_not_kept_for_ever(pool: Pool, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = wrapper(file), wrapper(file)
    first = raw(one)
    one.close()
    later = time.monotonic() + LONGEST + 1
    monkeypatch.setattr("loa.project.fair_sqlite.pool.time.monotonic", lambda: later)
    assert raw(other) is not first
    other.close()
