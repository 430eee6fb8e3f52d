"""A backup that is killed leaves none, or a whole one; the next one clears up behind it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from loa.custody.actions.backup import sweep_leftovers
from tests.custody.conftest import Place

MakePlace = Callable[[str], Place]
KILLS = 60 if os.environ.get("LOA_STORM") == "full" else 4


@pytest.mark.storm
def test_killed_at_any_moment_there_is_none_or_a_whole_one(begin_place: MakePlace, tmp_path: Path) -> None:
    place, chance, kept = begin_place("home"), random.Random(11), tmp_path / "kept"
    (place.home / "media").mkdir(exist_ok=True)
    for number in range(40):
        (place.home / "media" / f"{number}.webp").write_bytes(os.urandom(500_000))
    made = 0
    for number in range(KILLS):
        target = kept / f"{number}.tar"
        command = [sys.executable, "-P", "-m", "loa.project.cli", "backup", str(target)]
        with subprocess.Popen(command, env=place.environment, cwd=tmp_path, stdout=subprocess.DEVNULL) as run:
            while run.poll() is None and not list(kept.glob(".loa-backup-*")) and not target.exists():
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.4) if number else 0)  # the first one dies as soon as it has begun
            run.send_signal(signal.SIGKILL)
        if target.exists():
            made += 1
            assert "comes back" in place.loa("restore", target, "--check")
    assert {path.name for path in kept.iterdir() if not path.name.startswith(".")} == {
        path.name for path in kept.glob("*.tar")
    }
    place.loa("backup", kept / "last.tar")
    assert "comes back" in place.loa("restore", kept / "last.tar", "--check")
    assert made < KILLS


def test_what_was_left_half_done_is_cleared_a_day_later(tmp_path: Path) -> None:
    for name, age in (
        (".loa-backup-a", 90_000),
        (".loa-night-b", 90_000),
        (".loa-backup-c", 60),
        ("loa-backup-d", 90_000),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "database").write_bytes(b"x")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    sweep_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".loa-backup-c", "loa-backup-d"]
