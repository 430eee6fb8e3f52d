"""benches: what they fill is a portal of their own, whatever portal the environment names."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import homes

ROOT = Path(__file__).resolve().parents[2]
SETS_UP = {"own_portal.py", "fill.py"}  # by way of own_portal.forget_settings
SAY = """
from own_portal import portal_of_its_own
with portal_of_its_own() as (home, _port):
    from django.conf import settings
    names = [name for name in __import__("os").environ if name.startswith("LOA_")]
    print(settings.DATABASES["default"]["NAME"], home, settings.LOA_HOME, *names)
print(home.exists())
"""


def test_a_portal_in_use_is_out_of_reach(tmp_path: Path) -> None:
    live = {name: f"{tmp_path}/{name}" for name in ("LOA_HOME", "LOA_BACKUP_FOLDER", "LOA_MEDIA_URL")}
    live |= {"LOA_DATABASE_URL": f"sqlite:///{tmp_path}/loa.db", "LOA_TEST_DATABASE": "", "PYTHONPATH": str(ROOT)}
    live["LOA_TEST_TABLES"] = homes.folder_of_tables()
    words = [sys.executable, "-c", SAY]
    said = subprocess.run(
        words, cwd=ROOT / "bench", env={**os.environ, **live}, text=True, check=True, stdout=-1
    ).stdout
    database, home, told, *names = said.split()
    assert database == f"{home}/loa.db"
    assert told == home
    assert names.pop() == "False"
    assert not {"LOA_DATABASE_URL", "LOA_BACKUP_FOLDER", "LOA_MEDIA_URL"} & set(names)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", sorted((ROOT / "bench").glob("*.py")), ids=lambda file: file.name)
def test_no_bench_sets_django_up_by_itself(file: Path) -> None:
    assert ("django.setup()" in file.read_text("utf-8")) == (file.name in SETS_UP)
