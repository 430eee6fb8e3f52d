"""How often the checks of pre-flight speak up over texts that editors have published, check by check.

`bench/preflight.py FILE.jsonl.gz [COUNT]`: rows of `title lead body date lang`. An edited article should raise nothing,
save what only a release must have (a contact, credits): what is found in it is counted as a false alarm, though some
are true. Prints one line a check: name | articles with a finding, of a thousand | an example; then milliseconds a text.
"""

import gzip
import json
import time
from collections import Counter
from datetime import date
from pathlib import Path

from articles import asked_for
from own_portal import portal_of_its_own


def main() -> None:
    """Read, check, count."""
    source, most = asked_for(__doc__, count=10**9)
    with portal_of_its_own():
        measure(source, most)


def measure(source: Path, most: int) -> None:
    """Print a line a check."""
    from loa.lib import html
    from loa.releases.preflight.draft import Draft
    from loa.releases.preflight.table import CHECKS, findings

    hits: Counter[str] = Counter()
    examples: dict[str, str] = {}
    count, spent = 0, 0.0
    with gzip.open(source, "rt", encoding="utf-8") as rows:
        for row in rows:
            if count == most:
                break
            article = json.loads(row)
            draft = Draft(
                today=date.fromisoformat(str(article.get("date") or "2020-01-01")[:10]), headline=article["title"],
                language=article.get("lang") or "vi", lead=article.get("lead") or "", contact="Lan, lan@example.vn",
                body_html=html.from_text(article["body"]),
            )  # fmt: skip
            begun = time.perf_counter()
            found = findings(draft)
            spent += time.perf_counter() - begun
            count += 1
            for check in {one.check for one in found}:
                hits[check] += 1
                examples.setdefault(check, next(f"{one.what} {one.excerpt}" for one in found if one.check == check))
    for check in CHECKS:
        print(f"{check} | {1000 * hits[check] / max(1, count):.1f} of 1000 | {examples.get(check, '')[:150]}")
    print(f"{count} articles | {1000 * spent / max(1, count):.1f} ms a text")


if __name__ == "__main__":
    main()
