"""benches: what they fill is a portal of their own, whatever portal the environment names."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import homes

ROOT = Path(__file__).resolve().parents[2]
SETS_UP = {"own_portal.py", "fill.py"}  # by way of own_portal.forget_settings
FIGURES = (
    "hot page", "cold page", "search page", "publish to page and search, p50", "publish to page and search, p99",
    "withdrawn from page, lists, feeds and search", "nginx",
)  # fmt: skip
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


@pytest.mark.beside
def test_the_figures_of_the_budgets_are_all_printed() -> None:
    """`make bench` with few releases, without nginx; how long anything took is not looked at."""
    small = {"LOA_BENCH_ENTRIES": "12", "LOA_BENCH_PUBLICATIONS": "2", "LOA_TEST_DATABASE": "", "PYTHONPATH": str(ROOT)}
    small |= {"LOA_TEST_TABLES": homes.folder_of_tables(), "PATH": "/usr/bin:/bin", "LOA_BENCH_TURNS": "1"}
    words = [sys.executable, str(ROOT / "bench" / "run.py")]
    said = subprocess.run(words, env={**os.environ, **small}, text=True, capture_output=True, timeout=1800, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert [words for words in FIGURES if words not in said.stdout] == []


@pytest.mark.parametrize("file", sorted((ROOT / "bench").glob("*.py")), ids=lambda file: file.name)
def test_no_bench_sets_django_up_by_itself(file: Path) -> None:
    assert ("django.setup()" in file.read_text("utf-8")) == (file.name in SETS_UP)
