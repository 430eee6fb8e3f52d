"""An export that is killed at any moment is run again, and is whole."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from tests.custody.conftest import Place, connect
from tests.custody.crawl import dead
from tests.imports.conftest import row

MakePlace = Callable[[str], Place]
FULL = os.environ.get("LOA_STORM") == "full"
RELEASES, KILLS = (500, 40) if FULL else (30, 3)


@pytest.mark.storm
def test_killed_at_any_moment_it_goes_on(begin_place: MakePlace, tmp_path: Path) -> None:
    place, chance = begin_place("home"), random.Random(3)
    database = connect(place)
    database.execute(
        "INSERT INTO topics_section (portal_id, slug, name_vi, name_en, position)"
        " SELECT id, 'kinh-te', 'Kinh tế', '', 0 FROM portals_portal"
    )
    database.close()
    file, out = tmp_path / "a.jsonl", tmp_path / "out"
    file.write_text("\n".join(json.dumps(row(number)) for number in range(RELEASES)), "utf-8")
    place.loa("import", file, "--organization", "Sao Mai")
    command = [sys.executable, "-P", "-m", "loa.project.cli", "export", str(out)]
    for _ in range(KILLS):
        with subprocess.Popen(command, env=place.environment, cwd=tmp_path, stdout=subprocess.DEVNULL) as run:
            begun = out / "mirror.jsonl"
            size = begun.stat().st_size if begun.exists() else 0
            while run.poll() is None and (begun.stat().st_size if begun.exists() else 0) <= size:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 2))
            run.send_signal(signal.SIGKILL)
    said = place.loa("export", out)
    assert f"{RELEASES} releases" in said
    assert dead(out / "mirror") == []
    bagit.Bag(str(out / "bag")).validate()
    assert not list(out.rglob(".*.new"))
