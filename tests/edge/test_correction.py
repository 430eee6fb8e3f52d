"""correction: a served portal gives nobody two versions in one answer, nor an older one after an act came back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import homes

ROOT = Path(__file__).resolve().parents[2]
SMALL = {
    "LOA_BENCH_CORRECTIONS": "3", "LOA_BENCH_WITHDRAWALS": "1", "LOA_BENCH_ENTRIES": "3", "LOA_BENCH_WRK": "0",
    "LOA_BENCH_PATIENCE": "300",
    "PYTHONPATH": str(ROOT),
}  # fmt: skip


@pytest.mark.beside
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="which process answers is read from /proc")
def test_corrections_and_withdrawals_reach_every_web_worker_whole() -> None:
    """`make bench-correction` with few corrections and no load beside it; how long anything took is not looked at."""
    words = [sys.executable, str(ROOT / "bench" / "correction.py")]
    about = {**os.environ, **SMALL, "LOA_TEST_TABLES": homes.folder_of_tables()}
    said = subprocess.run(words, env=about, text=True, capture_output=True, timeout=1800, check=False)
    lines = [line.split(" | ") for line in said.stdout.splitlines() if " | " in line]
    assert len(lines) == 8, said.stdout + said.stderr
    assert [(name, found) for name, found, *_rest, budget, _ok in lines if budget == "0" and found != "0"] == []
    assert "300000" not in said.stdout  # every place showed it before patience ended
