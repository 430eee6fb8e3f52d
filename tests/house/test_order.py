"""The order of the rooms holds, and each way to break it is noticed."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house import house

ROOT = Path(__file__).resolve().parents[2]


class Violation(NamedTuple):
    """One deliberate mistake: what is added to which files, and which check must say what about it."""

    what: str
    check: str
    says: str
    files: dict[str, str]


def importing(importer: str, imported: str) -> dict[str, str]:
    """Return the mistake of one room importing another."""
    return {f"loa/{importer}/__init__.py": f"\nimport loa.{imported}\n"}


def pointing(room: str, field: str) -> dict[str, str]:
    """Return the mistake of one room's table pointing where it must not."""
    return {f"loa/{room}/models.py": f"\nodd = models.ForeignKey({field}, on_delete=models.CASCADE)\n"}


VIOLATIONS = [
    Violation("a lower room imports a higher one", "imports", "loa.lib is not allowed to import loa.archive",
              importing("lib", "archive")),
    Violation("siblings import each other", "imports", "loa.feeds is not allowed to import loa.pages",
              importing("feeds", "pages")),
    Violation("a room imports the project", "imports", "loa.desk is not allowed to import loa.project",
              importing("desk", "project")),
    Violation("the archive imports a reader", "imports", "loa.archive is not allowed to import loa.search",
              importing("archive", "search")),
    Violation("a reader imports a writer", "imports", "readers never see writers, not even indirectly BROKEN",
              importing("pages", "releases")),
    Violation("a reader sees a writer through a third room", "imports",
              "readers never see writers, not even indirectly BROKEN",
              importing("pages", "desk") | importing("desk", "moderation")),
    Violation("somebody else writes the archive", "imports", "only the acts of releases write the archive BROKEN",
              importing("imports", "archive.actions")),
    Violation("an app has no place in the order", "imports", "gossip", {"loa/gossip/__init__.py": '"""New."""\n'}),
    Violation("a folder has no place in the order", "places", "rumours has no place",
              {"loa/rumours/__init__.py": '"""New."""\n'}),
    Violation("a file does not say what it is for", "places", "does not open with a sentence",
              {"loa/ledger/rules.py": "x = 1\n"}),
    Violation("a drawer for everything", "file_names", "name for nothing", {"loa/archive/utils.py": '"""Odd."""\n'}),
    Violation("a file name outside the closed list", "file_names", "closed list",
              {"loa/plans/manager.py": '"""Odd."""\n'}),
    Violation("a relation by name points up", "foreign_keys", "points from topics up to releases",
              pointing("topics", '"releases.Release"')),
    Violation("a relation by name points to a sibling", "foreign_keys", "points from stats up to search",
              pointing("stats", 'to="search.Thing"')),
    Violation("a reverse name on the waist", "foreign_keys", "the waist does not know",
              pointing("stats", '"archive.Entry"')),
    Violation("a template includes a higher room's", "templates", "is not below it",
              {"loa/ui/templates/ui/_odd.html": '{% include "pages/home.html" %}'}),
    Violation("a template extends a sibling's", "templates", "is not below it",
              {"loa/feeds/templates/feeds/odd.html": "{% extends 'pages/base.html' %}"}),
    Violation("a room listens to signals", "signals", "listens to signals",
              {"loa/ledger/rules.py": '"""Odd."""\n\nfrom django.db.models.signals import post_save\n'}),
]  # fmt: skip


@pytest.mark.parametrize("check", house.CHECKS)
def test_the_house_is_in_order(check: str) -> None:
    """Nothing in the tree breaks the drawing."""
    assert house.CHECKS[check](ROOT) == []


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda v: v.what.replace(" ", "-"))
def test_a_violation_is_noticed(violation: Violation, tmp_path: Path) -> None:
    """Each mistake, written into a copy of the tree, makes its check complain about just that."""
    leave_out = shutil.ignore_patterns("__pycache__", "static", "locale")
    shutil.copytree(ROOT / "loa", tmp_path / "loa", ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in violation.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    complaints = "\n".join(house.CHECKS[violation.check](tmp_path))
    assert violation.says in " ".join(complaints.split())
