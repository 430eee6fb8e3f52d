"""A backup made while releases go out is one moment of the portal, and comes back equal."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import homes

STORM = Path(__file__).resolve().parents[1] / "wire" / "storm.py"
PUBLICATIONS = 200 if os.environ.get("LOA_STORM") == "full" else 25


@pytest.mark.storm
def test_a_backup_under_load_comes_back_whole(tmp_path: Path) -> None:
    environment = homes.with_tables(tmp_path / "bao", on_postgres=False)
    publishing = [sys.executable, str(STORM), "publish", str(PUBLICATIONS), "0.05"]
    archive = tmp_path / "kept.tar"
    with (
        subprocess.Popen(publishing, env=environment) as publisher,
        subprocess.Popen([*homes.LOA, "worker"], env=environment) as worker,
    ):
        try:
            wait_for_a_publication(tmp_path / "bao" / "loa.db", publisher)
            subprocess.run([*homes.LOA, "backup", str(archive)], env=environment, check=True, capture_output=True)
            assert publisher.wait(timeout=300) == 0
        finally:
            worker.terminate()
    again = environment | {"LOA_HOME": str(tmp_path / "again")}
    restored = subprocess.run(
        [*homes.LOA, "restore", str(archive)], env=again, check=True, capture_output=True, text=True
    )
    assert "every digest is equal" in restored.stdout + restored.stderr
    with sqlite3.connect(tmp_path / "again" / "loa.db") as database:
        one = database.execute("SELECT count(*), max(id) FROM archive_notice").fetchone()
        entries = database.execute("SELECT count(*) FROM archive_entry").fetchone()[0]
        versions = database.execute("SELECT count(*) FROM archive_version").fetchone()[0]
    assert 0 < entries <= PUBLICATIONS
    assert one == (entries, entries)
    assert versions == entries


def wait_for_a_publication(path: Path, publisher: "subprocess.Popen[bytes]") -> None:
    """Return once the load has begun; fail if it ended before anything was published."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=120) as database:
        while not database.execute("SELECT count(*) FROM archive_entry").fetchone()[0]:
            assert publisher.poll() is None, "nothing was published"
            time.sleep(0.02)
