"""kill -9 of the worker at any moment loses nothing and doubles nothing.

Small counts, so that it runs with every suite; LOA_STORM=full makes it a storm.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import homes

KILLS, PUBLICATIONS = (20, 50) if os.environ.get("LOA_STORM") == "full" else (3, 8)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with a home of its own, on SQLite."""
    return homes.with_tables(tmp_path / "bao", on_postgres=False)


def side(*words: object) -> list[str]:
    """Return the command of that side of the storm."""
    return [sys.executable, str(Path(__file__).with_name("storm.py")), *map(str, words)]


@pytest.mark.storm
def test_killed_workers_lose_nothing_and_double_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    seed = int(os.environ.get("LOA_STORM_SEED") or random.randrange(10**6))
    chance = random.Random(seed)
    pause = KILLS * 1.6 / PUBLICATIONS
    with subprocess.Popen(side("publish", PUBLICATIONS, f"{pause:.2f}"), env=environment) as publisher:
        for _ in range(KILLS):
            command = [sys.executable, "-P", "-m", "loa.project.cli", "worker"]
            with subprocess.Popen(command, env=environment, cwd=tmp_path) as worker:
                time.sleep(chance.uniform(0.7, 2.2))
                assert worker.poll() is None, "the worker ended by itself"
                worker.kill()
        assert publisher.wait(timeout=300) == 0
    settle_and_count(seed, environment, tmp_path)


@pytest.mark.storm
def test_workers_killed_when_releases_are_due_publish_each_once(environment: dict[str, str], tmp_path: Path) -> None:
    seed = int(os.environ.get("LOA_STORM_SEED") or random.randrange(10**6))
    chance = random.Random(seed)
    subprocess.run(side("schedule", PUBLICATIONS, f"{KILLS * 1.6 / PUBLICATIONS:.2f}"), env=environment, check=True)
    for _ in range(KILLS):
        command = [sys.executable, "-P", "-m", "loa.project.cli", "worker"]
        with subprocess.Popen(command, env=environment, cwd=tmp_path) as worker:
            time.sleep(chance.uniform(0.7, 2.2))
            assert worker.poll() is None, "the worker ended by itself"
            worker.kill()
    settle_and_count(seed, environment, tmp_path)


def settle_and_count(seed: int, environment: dict[str, str], tmp_path: Path) -> None:
    """What dead workers left is finished, and everything is there once."""
    done = subprocess.run(side("settle"), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    told = f"LOA_STORM_SEED={seed}: {found}"
    assert not found["early"], told
    assert len(found["entries"]) == found["total"] == PUBLICATIONS, told
    assert found["found"] == [[public_id] for public_id in found["entries"]], told
    assert sorted(found["feed"]) == sorted(found["entries"]), told
    assert found["notices"] == list(range(1, PUBLICATIONS + 1)), told
    assert found["waiting"] == [], told
    assert found["mail"] == sorted([f"author:{n}", "sent"] for n in found["notices"]), told
    letters = list((tmp_path / "bao" / "outbox").glob("*.eml"))
    assert len(letters) == PUBLICATIONS, told
