"""Seconds and memory of reading Word files: one of ten pages and ten pictures, and those of a folder if one is given.

`bench/word.py [FOLDER]` prints a line a file: name | seconds, the middle of five | headline, lead, contact found |
what was taken out. The last line is the most memory a reading process took, against its budget of 512 MB.
"""

import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from loa.lib import word
from tests.lib.make_words import ten_pages

ROUNDS = 5
BUDGET_SECONDS, BUDGET_BYTES = 2.0, 512_000_000


def main() -> None:
    """Read each five times."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    files = [("ten pages, ten pictures", ten_pages())]
    files += [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.docx"))] if folder else []
    for name, data in files:
        seconds, found = [], None
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            found = word.read(data, "docx")
            seconds.append(time.perf_counter() - begun)
        middle = statistics.median(seconds)
        said = ", ".join(part for part in ("headline", "dateline", "lead", "contact") if getattr(found, part))
        out = ", ".join(f"{one['what']} {one['count']}" for one in (found.reported if found else [])) or "nothing"
        print(f"{name} | {middle:.2f} s | {said} | {out} | {'ok' if middle <= BUDGET_SECONDS else 'short'}")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(f"memory of one reading | {most / 1e6:.0f} MB | budget 512 MB | {'ok' if most < BUDGET_BYTES else 'short'}")


if __name__ == "__main__":
    main()
