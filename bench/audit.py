"""Print what Lighthouse says of four public pages on a telephone: `make audit` (needs npm and Chromium).

The demonstration is made in a folder that is removed afterwards and served by `loa serve`; each page is looked at
three times, and of each category the middle score counts. Lighthouse comes from npm by bench/audit/package-lock.json.
Results of a search are not to be listed by search engines, so there `is-crawlable` is left out, and nowhere else.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from figures import line
from own_portal import ask, portal_of_its_own, served, wait_for

FOLDER = Path(__file__).with_name("audit")
TURNS = 3
TRIES = 3  # now and then Lighthouse loses the beginning of its own trace (NO_NAVSTART), which says nothing of the page
SETTLED = 30.0  # seconds; what the worker of a new portal begins with is done, and Chromium has the processors
LEAST = 98
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = ("--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
         " --disable-sync")  # fmt: skip


def main() -> None:
    """Fill, serve, look, clean up; exit 1 when a score is short."""
    chromium = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
    if chromium is None or shutil.which("npm") is None:
        raise SystemExit("audit: Chromium and npm are needed; sudo apt install chromium npm")
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True)
    with portal_of_its_own() as (home, port):
        from loa.project import cli_start

        cli_start.fill_demonstration(lambda words: print(words, file=sys.stderr))
        with served(port):
            wait_for(lambda: ask(port, "/")[0] == 200, "the front page")
            time.sleep(SETTLED)
            from loa.archive.models import Entry
            from loa.archive.queries import address

            entry = Entry.objects.select_related("current", "portal", "organization").latest("published_at")
            pages = {"release": address(entry), "home": "/", "newsroom": f"/o/{entry.organization.slug}",
                     "search": f"/search?q={quote('thành phố')}"}  # fmt: skip
            environment = os.environ | {"CHROME_PATH": chromium, "HOME": str(home)}
            short = [name for name, path in pages.items() if not _is_good(name, port, path, environment)]
    sys.exit(bool(short))


def _is_good(name: str, port: int, path: str, environment: dict[str, str]) -> bool:
    looks = [_look(f"http://localhost:{port}{path}", name, environment) for _ in range(TURNS)]
    is_good = True
    for category in CATEGORIES:
        scores = [round(look["categories"][category]["score"] * 100) for look in looks]
        score = statistics.median(scores)
        line(f"{name}, {category}", str(score), "-", f"{min(scores)}-{max(scores)}", f">= {LEAST}", score >= LEAST)
        is_good &= score >= LEAST
    for reference in sorted({found for look in looks for found in _failing(look)}):
        print(f"    {reference}")
    return is_good


def _look(address: str, name: str, environment: dict[str, str]) -> dict[str, Any]:
    command = [str(FOLDER / "node_modules" / ".bin" / "lighthouse"), address, "--quiet", "--output=json",
               f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]  # fmt: skip
    command += ["--skip-audits=is-crawlable"] if name == "search" else []
    for _ in range(TRIES):
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if not done.returncode:
            found: dict[str, Any] = json.loads(done.stdout)
            return found
        if "NO_NAVSTART" not in done.stderr:
            break
    raise SystemExit(done.stderr)


def _failing(look: dict[str, Any]) -> list[str]:
    """The audits that cost something, in Lighthouse's words."""
    weighed = [one for name in CATEGORIES for one in look["categories"][name]["auditRefs"] if one["weight"]]
    audits = [look["audits"][one["id"]] for one in weighed]
    return [f"{one['id']}: {one['title']} {one.get('displayValue', '')}".strip()
            for one in audits if one["score"] is not None and one["score"] < 0.98]  # fmt: skip


if __name__ == "__main__":
    main()
