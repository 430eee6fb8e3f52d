"""The file of real articles that some benches are told of; none comes with the project."""

import argparse
import os
from pathlib import Path


def asked_for(about: str | None, *, count: int) -> tuple[Path, int]:
    """The file and how many of its rows, as the command line says, or else LOA_BENCH_ARTICLES and ENTRIES."""
    named = os.environ.get("LOA_BENCH_ARTICLES")
    asked = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument(
        "articles", type=Path, nargs="?" if named else None, default=named and Path(named),
        help="FILE.jsonl.gz, rows of title, lead, body, date, lang (or LOA_BENCH_ARTICLES)",
    )  # fmt: skip
    asked.add_argument("count", type=int, nargs="?", default=int(os.environ.get("ENTRIES", count)))
    options = asked.parse_args()
    if not options.articles.is_file():
        asked.error(f"there is no file {options.articles}")
    return options.articles, options.count
