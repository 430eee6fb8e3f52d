"""The settings of a live portal, as Django itself judges them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_live_portal_passes_every_deployment_check(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOA_", "DJANGO_"))}
    live = kept | {"LOA_HOME": str(tmp_path), "LOA_ORIGIN": "https://globalvn.example", "LOA_PROXIES": "1"}
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=live, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
