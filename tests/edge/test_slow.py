"""slow: more slow clients than a served portal has threads, and slow requests, keep nobody else waiting."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import homes

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"LOA_BENCH_SLOW": "220", "LOA_BENCH_REQUESTS": "20", "PYTHONPATH": str(ROOT), "LOA_TEST_DATABASE": ""}


@pytest.mark.beside
def test_slow_clients_and_slow_requests_stop_nobody() -> None:
    """`make bench-slow` with fewer of both; how long anything took is not looked at."""
    words = [sys.executable, str(ROOT / "bench" / "slow.py")]
    about = {**os.environ, **SMALL, "LOA_TEST_TABLES": homes.folder_of_tables()}
    said = subprocess.run(words, env=about, text=True, capture_output=True, timeout=1800, check=False)
    lines = [line.split(" | ") for line in said.stdout.splitlines()]
    pages = [line for line in lines if line[0].startswith("hot pages while")]
    assert len(pages) == 7, said.stdout + said.stderr
    assert {line[3] for line in pages} == {"0 refused"}
    assert (lines[-1][0], lines[-1][-1]) == ("40 who sign up while the database is locked", "ok"), said.stdout
