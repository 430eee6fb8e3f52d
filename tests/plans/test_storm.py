"""Of many who publish at the same moment with one release left, exactly one does.

Small counts, so that it runs with every suite; LOA_STORM=full makes it 200. On PostgreSQL with LOA_TEST_DATABASE.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import homes

PUBLISHERS = 200 if os.environ.get("LOA_STORM") == "full" else 12


@pytest.mark.storm
@pytest.mark.parametrize("pot", ["term", "free", "credit"])
def test_one_of_them_publishes_and_the_others_are_told(tmp_path: Path, pot: str) -> None:
    environment = homes.with_tables(tmp_path / "bao")
    engine = "postgresql" if homes.is_postgres() else "sqlite"
    command = [sys.executable, str(Path(__file__).with_name("storm.py")), str(PUBLISHERS), pot]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "ends": {"published": 1, "refused": PUBLISHERS - 1}, "engine": engine, "entries": 1, "notices": 1,
        "spendings": 1, "spent": 1, "waiting": PUBLISHERS - 1,
    }  # fmt: skip
