"""A portal begun by `loa init`, made once a run and copied for everyone who asks: its migrations take a dozen seconds.

A copy is a home of its own: nothing in it knows where it was made.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOA = (sys.executable, "-P", "-m", "loa.project.cli")


def environment(home: Path, database_url: str | None = None, **settings: str) -> dict[str, str]:
    """What `loa` sees in a home: nothing of this run's own settings."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("LOA_") and k != "DJANGO_SETTINGS_MODULE"}
    url = {"LOA_DATABASE_URL": database_url} if database_url else {}
    return plain | {"LOA_HOME": str(home), "PYTHONPATH": str(ROOT)} | url | settings


def begin(home: Path, *, name: str, email: str, password: str) -> None:
    """Put a begun portal on SQLite into a home that does not exist yet."""
    shutil.copytree(begun(name, email, password), home)


@cache
def begun(name: str, email: str, password: str, database_url: str | None = None) -> Path:
    """Return the home of the portal that others are copied from; with an address, its tables are in that database."""
    folder = Path(tempfile.mkdtemp(prefix="loa-begun-"))
    starter = os.getpid()
    atexit.register(lambda: os.getpid() == starter and shutil.rmtree(folder, ignore_errors=True))
    home = folder / "home"
    words = ["init", "--name", name, "--email", email, "--password", password]
    done = subprocess.run(
        [*LOA, *words], env=environment(home, database_url), cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return home
