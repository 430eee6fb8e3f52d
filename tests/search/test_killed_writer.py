"""A writer that is killed loses nothing it had committed and blocks nobody."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from loa.search.engine import Engine
from loa.search.tree import Filters, parse
from tests.search.conftest import MakeDocument

_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from loa.search.engine import Engine
from loa.search.fields import Document
engine = Engine(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 10**6):
    engine.index([Document(f"{number}:vi", "1", "vi", "tin", "", "", "", "", "", "", [], [], "release",
                           datetime(2024, 1, 1, tzinfo=UTC), "")])
    print(number, flush=True)
"""


@pytest.mark.storm
def test_nothing_acknowledged_is_lost(engine: Engine, make_document: MakeDocument) -> None:
    times = 25 if os.environ.get("LOA_STORM") == "full" else 3
    acknowledged = -1
    for _ in range(times):
        arguments = [sys.executable, "-c", _WRITER, str(engine.folder), str(acknowledged + 1)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged = int(writer.stdout.readline())
            time.sleep(random.random() * 0.3)
            writer.send_signal(signal.SIGKILL)
            lines = writer.stdout.read().splitlines()
        acknowledged = max([acknowledged, *(int(line) for line in lines if line)])
        hits = Engine(engine.folder).search(parse("tin"), Filters("1"), limit=10_000)
        assert len(set(hits.keys)) == hits.total
        assert {f"{number}:vi" for number in range(acknowledged + 1)} <= set(hits.keys)
