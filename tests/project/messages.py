"""Reads from the source which words the code and the templates hand to the catalogues."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

# How many arguments stand before the words themselves.
CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0,
         "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1}  # fmt: skip


def used(rooms: Path) -> Iterator[tuple[str, str]]:
    """Every message and the file that says it."""
    for path in sorted(rooms.rglob("*.py")):
        yield from _in_code(path, path.read_text("utf-8"))
    for pattern in ("*/templates/**/*.html", "*/templates/**/*.txt", "*/templates/**/*.mjml"):
        for path in sorted(rooms.glob(pattern)):
            yield from _in_template(path)


def _in_template(path: Path) -> Iterator[tuple[str, str]]:
    """Django writes a template as calls of gettext among letters X, at the lines they stand on."""
    calls = templatize(path.read_text("utf-8"))
    for name in CALLS:
        start = 0
        while (start := calls.find(f" {name}(", start)) >= 0:
            start += 1
            yield from _in_code(path, _call_at(calls, start))


def _call_at(text: str, start: int) -> str:
    """The one call that begins here: the shortest text that reads as Python."""
    end = start
    while (end := text.find(")", end) + 1) > 0:
        try:
            ast.parse(text[start:end])
        except SyntaxError:
            continue
        return text[start:end]
    raise ValueError(text[start : start + 80])


def _in_code(path: Path, source: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in CALLS and len(node.args) > CALLS[name]:
            words = node.args[CALLS[name]]
            assert isinstance(words, ast.Constant), f"{path}: {ast.unparse(node)} cannot be found by translators"
            yield str(words.value), str(path)
