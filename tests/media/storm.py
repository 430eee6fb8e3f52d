"""The other side of the storm: twelve documents of 300,000 bytes come in at once where a megabyte may be kept.

`python tests/media/storm.py`; how each ended and what was found afterwards is printed as JSON.
"""

import json
import os
import threading
from collections import Counter

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "loa.project.settings"
django.setup()

from django.db import connection  # noqa: E402

from loa.media import queries, store  # noqa: E402
from loa.media.actions.attach import attach  # noqa: E402
from loa.media.errors import StorageFull  # noqa: E402

MANY, OWNER = 12, "organization:1"


def storm() -> Counter[str]:
    """All at once, each with a thread and a connection of its own; how each attempt ended."""
    ends: Counter[str] = Counter()
    start = threading.Barrier(MANY)

    def attempt(number: int) -> None:
        data = f"%PDF-1.7 {number} ".encode().ljust(299_994, b".") + b"%%EOF\n"
        try:
            connection.ensure_connection()
            start.wait(timeout=120)
            attach(data, owner_key=OWNER)
            ends["kept"] += 1
        except StorageFull:
            ends["refused"] += 1
        except Exception as error:
            ends[f"{type(error).__name__}: {error}"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


if __name__ == "__main__":
    ended = storm()
    lies = sum(path.stat().st_size for path in store.folder().iterdir())
    print(json.dumps({"ends": dict(ended), "used": queries.storage_of(OWNER).used, "on_disk": lies}))
