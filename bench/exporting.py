"""Measure `loa export` on a file of real articles: pages a second, memory, size, and that nothing in it leads nowhere.

`python bench/exporting.py FILE.jsonl.gz [COUNT]` (or LOA_BENCH_ARTICLES, ENTRIES). FILE as for bench/importing.py. A
portal is filled in a folder that is removed afterwards and exported whole; the bag is validated as a library would, the
mirror read page by page from the disk; then a release is corrected, one withdrawn, and the export brought up to date.
Prints one line a figure: name | ours | budget | ok/short. Seconds by the clock are a hint on a machine that others use;
beside them stands what the processor spent.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import bagit
from articles import asked_for
from importing import LOA, ROOT, convert, portal

sys.path.insert(0, str(ROOT))

from tests.custody.crawl import dead, scripts

CHANGE = "--change"


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds by the clock and of the processor, and bytes of memory at its peak."""

    seconds: float
    processor: float
    memory: int


def main() -> None:
    """Measure, print, clean up."""
    if sys.argv[1:] == [CHANGE]:
        change()
        return
    source, count = asked_for(__doc__, count=30_000)
    work = Path(tempfile.mkdtemp(prefix="loa-bench-"))
    try:
        lines = convert(source, work / "articles.jsonl", count)
        environment = portal(work / "home")
        run(environment, "import", str(work / "articles.jsonl"))
        export(environment, work / "out", lines)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def export(environment: dict[str, str], out: Path, lines: int) -> None:
    """The whole, looked through; and once more after two releases have changed."""
    spent = run(environment, "export", str(out))
    pages = sum(1 for _ in (out / "mirror").rglob("*.html"))
    say("export, releases", f"{lines:,}, {pages:,} pages of the mirror")
    say("pages and releases of the bag a second", f"{(pages + lines) / spent.seconds:,.0f}")
    say("milliseconds of the processor a release, all in all", f"{1000 * spent.processor / lines:.1f}")
    say("memory at the peak, MB", f"{spent.memory / 1e6:,.0f}")
    say("size of mirror and bag, MB", f"{size(out / 'mirror') / 1e6:,.0f}, {size(out / 'bag') / 1e6:,.0f}")
    look(out, "whole")
    say("again, nothing changed", told(run(environment, "export", str(out))))
    subprocess.run([sys.executable, __file__, CHANGE], env=environment, check=True)
    say("again, one corrected and one withdrawn", told(run(environment, "export", str(out))))
    look(out, "brought up to date")


def look(out: Path, when: str) -> None:
    """What is in it leads somewhere, runs nothing, and is what its manifest says."""
    broken, running = dead(out / "mirror"), scripts(out / "mirror")
    say(f"{when}: dead links, pages that run", f"{len(broken)}, {len(running)}", "0, 0", not broken and not running)
    for one in broken[:5]:
        print(f"  {one}")
    is_valid = bagit.Bag(str(out / "bag")).is_valid()
    say(f"{when}: bagit --validate", "valid" if is_valid else "invalid", "valid", is_valid)


def change() -> None:
    """Correct the newest release and withdraw the oldest; LOA_HOME says of which portal."""
    from loa.project import cli_start

    cli_start.load_django()
    from loa.archive.models import Entry
    from loa.audit.actions.record import SYSTEM
    from loa.releases.actions.bring_in import open_for_correction
    from loa.releases.actions.correct import correct
    from loa.releases.actions.withdraw import withdraw

    newest, oldest = (Entry.objects.order_by(order).first() for order in ("-published_at", "published_at"))
    assert newest is not None and oldest is not None
    wrong = open_for_correction(SYSTEM, newest)
    fields = {"lead": "Bản trước sai một con số; bản này đã sửa.", "contact": "Lê An, 0901 234 567, an@example.vn"}
    correct(SYSTEM, wrong, fields=fields, reason="Sai số liệu", expected_revision=wrong.revision)
    withdraw(SYSTEM, open_for_correction(SYSTEM, oldest), statement="Số liệu sai.", is_by_moderator=True)


def run(environment: dict[str, str], *words: str) -> Spent:
    """One command of Loa's, to its end."""
    begun = time.perf_counter()
    with subprocess.Popen([*LOA, *words], env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"loa {' '.join(words)} ended with {process.returncode}")
    return Spent(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def told(spent: Spent) -> str:
    """A run in words."""
    return f"{spent.seconds:,.1f} s, {spent.processor:,.1f} s of the processor"


def size(folder: Path) -> int:
    """Bytes of all the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def say(name: str, found: str, budget: str = "–", is_ok: bool | None = None) -> None:
    """One line."""
    print(f"{name} | {found} | {budget} | {'' if is_ok is None else 'ok' if is_ok else 'short'}", flush=True)


if __name__ == "__main__":
    main()
