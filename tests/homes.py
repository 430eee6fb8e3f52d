"""Homes for programs that run beside the tests: tables and begun portals are made once a run and copied.

Its migrations take a dozen seconds, so the suite's own database is such a copy too, and where LOA_TEST_TABLES names a
folder several runs share one home in it (bin/test.py). A copy is a home of its own: nothing in it knows where it was
made. The databases on PostgreSQL are in the suite's throw-away cluster, and go with it.
"""

import atexit
import fcntl
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOA = (sys.executable, "-P", "-m", "loa.project.cli")
MIGRATE = (sys.executable, "-P", "-m", "django", "migrate", "--verbosity", "0")


def free_port() -> int:
    """A port of the loopback nobody has, below those the system gives to whoever connects meanwhile."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def is_postgres() -> bool:
    """Say which database the suite runs on."""
    return os.environ.get("LOA_TEST_DATABASE") == "postgres"


def environment(home: Path, database_url: str | None = None, **settings: str) -> dict[str, str]:
    """What a program sees in a home: nothing of this run's own settings."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("LOA_", "DJANGO_"))}
    url = {"LOA_DATABASE_URL": database_url} if database_url else {}
    return plain | {"LOA_HOME": str(home), "PYTHONPATH": str(ROOT)} | url | settings


def with_tables(home: Path, *, on_postgres: bool | None = None) -> dict[str, str]:
    """Make a home that has every table and nothing in them, on the suite's database; what a program sees in it."""
    template, database = _tables(is_postgres() if on_postgres is None else on_postgres)
    shutil.copytree(template, home)
    return environment(home, database and new_database(database))


def begin(home: Path, *, name: str, email: str, password: str, on_postgres: bool = False) -> str | None:
    """Make a home with a portal as `loa init` leaves it; the address of its database on PostgreSQL."""
    template, database = _begun(name, email, password, on_postgres)
    shutil.copytree(template, home)
    return new_database(database) if database else None


def new_database(template: str = "template1") -> str:
    """A database like that one in the suite's cluster; its address."""
    import psycopg

    cluster, name = os.environ["LOA_DATABASE_URL"], f"beside_{uuid.uuid4().hex}"
    with psycopg.connect(cluster.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{cluster.rpartition('/')[0]}/{name}"


def fill(connection: Any) -> None:
    """Put every table into an empty test database, as its migrations would."""
    if connection.vendor == "postgresql":
        return  # it was made after one that has them: `template`
    home, _ = _tables(False)
    database = type(connection).Database  # the module the connection is of
    file = (home / "loa.db").as_uri()
    source = database.connect(f"{file}?immutable=1", uri=True)  # others copy the folder meanwhile
    connection.ensure_connection()
    source.backup(connection.connection)
    source.close()


def folder_of_tables() -> str:
    """A folder whose `home` has every table, on SQLite; what a bench is told as LOA_TEST_TABLES."""
    return str(_tables(False)[0].parent)


def template() -> str:
    """The name of a database on PostgreSQL that has every table."""
    _, name = _tables(True)
    assert name is not None
    return name


@cache
def _tables(on_postgres: bool) -> tuple[Path, str | None]:
    """The home others are copied from, and on PostgreSQL the name of the database with its tables."""
    shared = os.environ.get("LOA_TEST_TABLES")
    if shared and not on_postgres:
        return _shared(Path(shared)), None
    home, url = _folder(), new_database() if on_postgres else None
    _migrate(home, url)
    return home, url and url.rpartition("/")[2]


def _shared(folder: Path) -> Path:
    """The home of all runs, made by whoever is there first; the others wait for it."""
    home = folder / "home"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            begun = folder / "begun"
            begun.mkdir()
            _migrate(begun, None)
            begun.rename(home)
    return home


def _migrate(home: Path, url: str | None) -> None:
    """Make the tables; on SQLite in one file, which can be copied."""
    _run(MIGRATE, environment(home, url, DJANGO_SETTINGS_MODULE="loa.project.settings"))


@cache
def _begun(name: str, email: str, password: str, on_postgres: bool) -> tuple[Path, str | None]:
    """The same with a portal in it."""
    template, database = _tables(on_postgres)
    home, url = _folder(), new_database(database) if database else None
    shutil.copytree(template, home, dirs_exist_ok=True)
    _run((*LOA, "init", "--name", name, "--email", email, "--password", password), environment(home, url))
    return home, url and url.rpartition("/")[2]


def _folder() -> Path:
    """A folder that is removed when this process ends."""
    folder, starter = Path(tempfile.mkdtemp(prefix="loa-begun-")), os.getpid()
    atexit.register(lambda: os.getpid() == starter and shutil.rmtree(folder, ignore_errors=True))
    home = folder / "home"
    home.mkdir()
    return home


def _run(command: tuple[str, ...], about: dict[str, str]) -> None:
    done = subprocess.run(command, env=about, cwd=about["LOA_HOME"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
