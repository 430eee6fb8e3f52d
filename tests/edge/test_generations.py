"""generations: a purge is seen by every process at once, and by nobody else's pages."""

import subprocess
import sys
from pathlib import Path

from loa.edge.generations import EVERY, Generations

MOVE = """
import sys
from pathlib import Path
from loa.edge.generations import Generations
here = Generations(Path(sys.argv[1]))
for _ in range(200):
    here.move(["entry:a"])
"""


def test_a_purge_of_another_process_is_seen(tmp_path: Path) -> None:
    here = Generations(tmp_path / "run" / "generations")
    slots, then = here.slots(["entry:a", "front"]), here.now()
    others = here.slots(["entry:b"])
    movers = [subprocess.Popen([sys.executable, "-c", MOVE, tmp_path / "run" / "generations"]) for _ in range(2)]
    assert [mover.wait(30) for mover in movers] == [0, 0]
    assert not here.is_same(slots, then)
    assert here.is_same(others, then)
    assert here.table[EVERY] == 400  # none was lost between the two


def test_a_tag_has_the_same_counter_everywhere(tmp_path: Path) -> None:
    one, two = Generations(tmp_path / "one"), Generations(tmp_path / "two")
    assert one.slots(["org:1", "front"]) == two.slots(["front", "org:1"])
    assert EVERY not in one.slots(f"entry:{number}" for number in range(5_000))


def test_a_purge_that_has_a_name_is_known_to_be_done(tmp_path: Path) -> None:
    one, two = Generations(tmp_path / "one"), Generations(tmp_path / "one")
    assert not two.is_done("notice:1")
    one.move(["front"], "notice:1")
    assert two.is_done("notice:1")
    assert not two.is_done("notice:2")
