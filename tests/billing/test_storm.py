"""Many orders are paid at the same moment: every one once, and the invoices' numbers have no gap.

Small counts, so that it runs with every suite; LOA_STORM=full makes it 60 orders, 140 threads. On PostgreSQL with
LOA_TEST_DATABASE.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import homes

ORDERS = 60 if os.environ.get("LOA_STORM") == "full" else 9


@pytest.mark.storm
def test_every_order_is_billed_once_and_no_number_is_left_out(tmp_path: Path) -> None:
    environment = homes.with_tables(tmp_path / "bao")
    engine = "postgresql" if homes.is_postgres() else "sqlite"
    command = [sys.executable, str(Path(__file__).with_name("storm.py")), str(ORDERS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "ends": {"given up": ORDERS // 3, "told": 2 * ORDERS}, "engine": engine, "transfers": ORDERS, "terms": ORDERS,
        "has_gaps": False, "papers": ORDERS, "faults": [], "is_chain_whole": True,
    }  # fmt: skip
