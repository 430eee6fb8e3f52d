"""A writer that is killed loses nothing it had committed and blocks nobody; what it left undone is mended."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from loa.search.engine import Engine, Part
from loa.search.reading import parse
from loa.search.tree import Filters
from tests.search.conftest import MakeDocument

_TIMES = 100 if os.environ.get("LOA_STORM") == "full" else 3
_BEGIN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from loa.search.engine import Engine
from loa.search.fields import Document
engine = Engine(Path(sys.argv[1]))
def document(number):
    return Document(f"{number}:vi", "1", "vi", f"tin {number}", "", "", "", "", "", "", [], [], "release",
                    datetime(2024, 1, 1, tzinfo=UTC), "d")
"""
_WRITER = """
for number in range(int(sys.argv[2]), 10**6):
    engine.index([document(number)])
    print(number, flush=True)
"""
_REBUILDER = """
print(0, flush=True)
while True:
    engine.rebuild(document(number) for number in range(int(sys.argv[2])))
"""


@pytest.mark.storm
def test_nothing_acknowledged_is_lost(engine: Engine, make_document: MakeDocument) -> None:
    acknowledged = -1
    for _ in range(_TIMES):
        arguments = [sys.executable, "-c", _BEGIN + _WRITER, str(engine.folder), str(acknowledged + 1)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged = int(writer.stdout.readline())
            time.sleep(random.random() * 0.3)
            writer.send_signal(signal.SIGKILL)
            lines = writer.stdout.read().splitlines()
        acknowledged = max([acknowledged, *(int(line) for line in lines if line)])
        written = {f"{number}:vi": "d" for number in range(acknowledged + 1)}
        reader = Engine(engine.folder)
        assert reader.damaged_files() == []
        differences = reader.check(written)
        assert (differences.missing, differences.changed) == ((), ())
        # The one in hand may have gone in before its writer could say so.
        assert set(differences.extra) <= {f"{acknowledged + 1}:vi"}
        assert reader.count() == len(written) + len(differences.extra)
    assert engine.search(parse("tin"), Filters("1"), Part(limit=5)).total == engine.count()


@pytest.mark.storm
def test_a_killed_rebuild_leaves_the_old_index_or_the_new_and_no_rubbish(
    engine: Engine, make_document: MakeDocument
) -> None:
    for number in range(_TIMES):
        size = 50 + number
        with subprocess.Popen(
            [sys.executable, "-c", _BEGIN + _REBUILDER, str(engine.folder), str(size)],
            stdout=subprocess.PIPE,
            text=True,
        ) as rebuilder:
            assert rebuilder.stdout is not None
            rebuilder.stdout.readline()
            time.sleep(random.random() * 0.3)
            rebuilder.send_signal(signal.SIGKILL)
        reader = Engine(engine.folder)
        assert reader.damaged_files() == []
        assert reader.count() in {0, *range(50, size + 1)}
    engine.rebuild([make_document("a")])
    assert [path.is_dir() for path in engine.folder.iterdir()].count(True) == 1
    assert engine.count() == 1
