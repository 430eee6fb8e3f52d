"""kill -9 of senders at any moment loses nobody, doubles at most what was in flight, and the report stays exact.

Small counts, so that it runs with every suite; LOA_STORM=full makes it a storm.
"""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests import homes

RECIPIENTS, KILLS = (20_000, 200) if os.environ.get("LOA_STORM") == "full" else (1_000, 10)
SENDERS = 2


@pytest.mark.storm
def test_killed_senders_lose_nobody_and_the_report_is_exact(tmp_path: Path) -> None:
    seed = int(os.environ.get("LOA_STORM_SEED") or random.randrange(10**6))
    environment = homes.with_tables(tmp_path / "bao")
    words = [sys.executable, str(Path(__file__).with_name("storm.py")), *map(str, (RECIPIENTS, KILLS, SENDERS, seed))]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout)
    print(json.dumps(found, indent=1))
    first, then, told = found["first"], found["then"], f"LOA_STORM_SEED={seed}: {found}"
    assert found["killed"] == KILLS, told
    for counts in (first, then):
        assert counts["exact"], told
        assert counts["sent but not taken"] == counts["neither taken nor in doubt"] == counts["strangers"] == 0, told
        assert counts["extra"] <= found["may be extra"], told
        assert counts["one Message-ID each"], told
    assert first["reports"]["news"]["in_doubt"] == found["sent again"] <= found["may be extra"], told
    for report in then["reports"].values():
        assert report["sent"] == report["expected"], told
