"""Many orders are paid at the same moment: every one once, and the invoices' numbers have no gap.

Small counts, so that it runs with every suite; LOA_STORM=full makes it 60 orders, 140 threads. On PostgreSQL with
LOA_TEST_DATABASE.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
ORDERS = 60 if os.environ.get("LOA_STORM") == "full" else 9


def a_database_of_its_own(url: str) -> str:
    """An empty one in the throw-away cluster."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("CREATE DATABASE billing_storm")
    return f"{url.rpartition('/')[0]}/billing_storm"


@pytest.mark.storm
def test_every_order_is_billed_once_and_no_number_is_left_out(tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LOA_", "DJANGO_"))}
    environment = kept | {"LOA_HOME": str(tmp_path / "bao"), "PYTHONPATH": str(ROOT)}
    engine = "sqlite"
    if os.environ.get("LOA_TEST_DATABASE") == "postgres":
        environment["LOA_DATABASE_URL"] = a_database_of_its_own(os.environ["LOA_DATABASE_URL"])
        engine = "postgresql"
    command = [sys.executable, str(Path(__file__).with_name("storm.py")), str(ORDERS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "ends": {"given up": ORDERS // 3, "told": 2 * ORDERS}, "engine": engine, "transfers": ORDERS, "terms": ORDERS,
        "has_gaps": False, "papers": ORDERS, "faults": [], "is_chain_whole": True,
    }  # fmt: skip
