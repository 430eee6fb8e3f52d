"""Make loa/accounts/data/breached.bin from lists of passwords that leaked: `bin/make_breached.py LIST [LIST.gz …]`.

One password a line, in any order. Of each that is long enough to be taken here, in small letters, the first five
bytes of its SHA-256 are kept, sorted: 40 bits, so that a password nobody ever leaked is taken for one once in some
seven million.
"""

import gzip
import sys
from hashlib import sha256
from pathlib import Path

SHORTEST, KEPT = 10, 5
PLACE = Path(__file__).resolve().parent.parent / "loa" / "accounts" / "data" / "breached.bin"


def main(lists: list[str]) -> None:
    """Read the lists, write the file, say how many there are."""
    found: set[bytes] = set()
    for name in lists:
        content = Path(name).read_bytes()
        lines = (gzip.decompress(content) if name.endswith(".gz") else content).splitlines()
        words = {line.strip().decode("utf-8", "ignore").lower() for line in lines}
        found |= {sha256(word.encode()).digest()[:KEPT] for word in words if len(word) >= SHORTEST}
    PLACE.write_bytes(b"".join(sorted(found)))
    print(f"{len(found)} passwords, {PLACE.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
