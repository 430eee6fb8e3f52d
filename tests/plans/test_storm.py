"""Of many who publish at the same moment with one release left, exactly one does.

Small counts, so that it runs with every suite; LOA_STORM=full makes it 200. On PostgreSQL with LOA_TEST_DATABASE.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLISHERS = 200 if os.environ.get("LOA_STORM") == "full" else 12


@pytest.mark.storm
@pytest.mark.parametrize("pot", ["term", "free", "credit"])
def test_one_of_them_publishes_and_the_others_are_told(tmp_path: Path, pot: str) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LOA_", "DJANGO_"))}
    environment = kept | {"LOA_HOME": str(tmp_path / "bao"), "PYTHONPATH": str(ROOT)}
    engine = "sqlite"
    if os.environ.get("LOA_TEST_DATABASE") == "postgres":
        # The suite's tables are in a database of their own; the storm makes one more beside it.
        environment["LOA_DATABASE_URL"] = make_database(os.environ["LOA_DATABASE_URL"], f"storm_{pot}")
        engine = "postgresql"
    command = [sys.executable, str(Path(__file__).with_name("storm.py")), str(PUBLISHERS), pot]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "ends": {"published": 1, "refused": PUBLISHERS - 1}, "engine": engine, "entries": 1, "notices": 1,
        "spendings": 1, "spent": 1, "waiting": PUBLISHERS - 1,
    }  # fmt: skip


def make_database(url: str, name: str) -> str:
    """An empty database of this name in the cluster of the suite; its URL."""
    import psycopg

    server, _, database = url.rpartition("/")
    folder = unquote(urlsplit(url).netloc.rpartition("@")[2])
    with psycopg.connect(host=folder, user="loa", dbname=database, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"
