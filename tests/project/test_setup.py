"""`make setup` says in a sentence what a machine lacks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("python3", "python3.13", "python3.12", "python3.11")


def set_up_with(fake: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Run bin/setup.sh in an empty folder, with this script standing in for every Python."""
    (tmp_path / "place" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "setup.sh", tmp_path / "place" / "bin")
    (tmp_path / "path").mkdir()
    for name in NAMES:
        path = tmp_path / "path" / name
        path.write_text(f"#!/bin/sh\n{fake}\n")
        path.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path / 'path'}:/usr/bin:/bin"}
    command = ["sh", str(tmp_path / "place" / "bin" / "setup.sh")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_an_old_python_is_a_sentence(tmp_path: Path) -> None:
    """In both languages, and nothing else."""
    done = set_up_with("exit 1", tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("Loa cần Python 3.11")
    assert done.stderr.splitlines()[1].startswith("Loa needs Python 3.11")
    assert len(done.stderr.splitlines()) == 2


def test_a_missing_venv_module_is_a_sentence(tmp_path: Path) -> None:
    """Debian splits it off; the sentence names the package."""
    done = set_up_with(f'case "$*" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"', tmp_path)
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert len(done.stderr.splitlines()) == 2
