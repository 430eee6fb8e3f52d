"""`loa import` says what it does in plain words, survives being killed, and loses and doubles nothing."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.custody.conftest import Place, begin_place, connect
from tests.imports.conftest import row

__all__ = ["begin_place"]
MakePlace = Callable[[str], Place]
FULL = os.environ.get("LOA_STORM") == "full"
LINES, KILLS = (20_000, 100) if FULL else (600, 5)


@pytest.fixture
def place(begin_place: MakePlace) -> Place:
    """A portal with a section."""
    place = begin_place("home")
    database = connect(place)
    database.execute(
        "INSERT INTO topics_section (portal_id, slug, name_vi, name_en, position)"
        " SELECT id, 'kinh-te', 'Kinh tế', '', 0 FROM portals_portal"
    )
    database.close()
    return place


def write(file: Path, count: int) -> Path:
    file.write_text("\n".join(json.dumps(row(number)) for number in range(count)), "utf-8")
    return file


def test_it_says_what_came(place: Place, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", 3)
    file.write_text(file.read_text() + "\n{}\n")
    assert "would come: 4 read: 3 brought in, 1 refused." in place.loa(
        "import", file, "--organization", "Sao Mai", "--dry-run", code=1
    )
    said = place.loa("import", file, "--organization", "Sao Mai", "--refused", tmp_path / "no.txt", code=1)
    assert "refused 4: it has no title" in said
    assert "Sao Mai: 3" in said
    assert "4 read: 3 brought in, 1 refused." in said
    assert (tmp_path / "no.txt").read_text() == "4: it has no title\n"
    assert "3 there already" in place.loa("import", file, "--organization", "Sao Mai", code=1)


def test_where_a_file_breaks_off_it_says_what_came_before(place: Place, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", 4)
    rows = gzip.compress(file.read_bytes())
    (tmp_path / "half.jsonl.gz").write_bytes(rows[: len(rows) - 30])
    said = place.loa("import", tmp_path / "half.jsonl.gz", "--organization", "Sao Mai", code=1)
    came = count_of(place)
    assert f"{came} read: {came} brought in" in said
    assert "What came in stays" in said


def test_what_is_wrong_is_a_sentence(place: Place, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", 2)
    for words, says in (
        (["no.jsonl"], "There is no file"),
        (["a.jsonl", "--section", "the-thao"], "no section the-thao"),
        (["a.jsonl", "--pictures", "nowhere"], "no folder nowhere"),
        (["a.jsonl", "--portal", "khac"], "Say which portal"),
        (["a.jsonl", "--senders", "a.jsonl"], "no readable JSON"),
    ):
        assert says in place.loa("import", *words, code=1)


def count_of(place: Place) -> int:
    """How many texts are on the record."""
    database = connect(place)
    try:
        return int(database.execute("SELECT count(*) FROM archive_entry").fetchone()[0])
    finally:
        database.close()


@pytest.mark.storm
def test_killed_at_any_line_it_goes_on(place: Place, tmp_path: Path) -> None:
    """`kill -9` again and again; at the end every text is there once, and so is every notice."""
    file, chance = write(tmp_path / "a.jsonl", LINES), random.Random(5)
    command = [sys.executable, "-P", "-m", "loa.project.cli", "import", str(file), "--organization", "Sao Mai"]
    for _ in range(KILLS):
        wanted = count_of(place) + chance.randint(0, LINES // KILLS)
        with subprocess.Popen(
            command, env=place.environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as run:
            while count_of(place) < wanted and run.poll() is None:
                time.sleep(chance.uniform(0.01, 0.1))
            time.sleep(chance.uniform(0, 0.3))
            run.send_signal(signal.SIGKILL)
    place.loa("import", file, "--organization", "Sao Mai")
    database = connect(place)
    count = {
        table: database.execute(f"SELECT count(*) FROM archive_{table}").fetchone()[0]
        for table in ("entry", "version", "notice")
    }
    whole = database.execute("SELECT count(*) FROM archive_entry e JOIN archive_version v ON v.id = e.current_id")
    assert (count, whole.fetchone()[0]) == ({"entry": LINES, "version": LINES, "notice": LINES}, LINES)
    assert database.execute("SELECT max(id) FROM archive_notice").fetchone()[0] == LINES
    brought = database.execute("SELECT detail FROM audit_record WHERE act = 'bring_in'").fetchall()
    entries = [json.loads(detail) if isinstance(detail, str) else detail for (detail,) in brought]
    assert sum(len(one["entries"]) for one in entries) == LINES
    database.close()
