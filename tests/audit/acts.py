"""Which acts change rows, and which of them write a record: read from the code, so that a new one is seen."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2] / "loa"
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "add",
    "remove", "clear",
}  # fmt: skip
MODELS = {"objects", "filter", "exclude", "get", "select_for_update"}

Name = tuple[str, str]  # the module and the function


class Acts:
    """Every function of every `actions` folder: whether it writes, whether it records, and whom it calls."""

    def __init__(self) -> None:
        self.writes: dict[Name, bool] = {}
        self.records: set[Name] = set()
        self.calls: dict[Name, set[Name]] = {}
        for file in sorted(ROOMS.glob("*/actions/**/*.py")):
            self._read(file)

    def public(self) -> Iterator[Name]:
        """The functions that doors and other acts call."""
        return (name for name in self.writes if not name[1].startswith("_"))

    def changes(self, name: Name) -> bool:
        """Whether it writes rows, itself or through a function beside it."""
        near = {one for one in self._reach(name) if one[0] == name[0]}
        return any(self.writes.get(one, False) for one in near)

    def is_recorded(self, name: Name) -> bool:
        """Whether it writes a record, itself or through an act it calls."""
        return bool(self._reach(name) & self.records)

    def _reach(self, name: Name) -> set[Name]:
        seen, waiting = {name}, [name]
        while waiting:
            for one in self.calls.get(waiting.pop(), set()) - seen:
                seen.add(one)
                waiting.append(one)
        return seen

    def _read(self, file: Path) -> None:
        module = ".".join(("loa", *file.relative_to(ROOMS).with_suffix("").parts))
        tree = ast.parse(file.read_text("utf-8"))
        known = {name: (module, name) for name in _functions(tree)} | _imported(tree)
        for name, function in _functions(tree).items():
            called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
            plain = {one.id for one in called if isinstance(one, ast.Name)}
            handed = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            dotted = {
                (f"{known[one.value.id][0]}.{known[one.value.id][1]}", one.attr)
                for one in called
                if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in known
            }
            self.calls[module, name] = {known[one] for one in (plain | handed) & known.keys()} | dotted
            self.writes[module, name] = any(_is_write(one) for one in called if isinstance(one, ast.Attribute))
            if ("loa.audit.actions.record", "record") in self.calls[module, name]:
                self.records.add((module, name))


def _functions(tree: ast.Module) -> dict[str, ast.AST]:
    """Functions of the module, and methods under their class's name: whoever makes one may call them all."""
    found: dict[str, ast.AST] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
    return found


def _imported(tree: ast.Module) -> dict[str, Name]:
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("loa.")
        for alias in node.names
    }


def _is_write(call: ast.Attribute) -> bool:
    """`row.save()`, `Thing.objects.create()`, `rows.filter().update()`: what Django writes rows by."""
    if call.attr not in WRITES:
        return False
    if call.attr in {"add", "remove", "clear", "update"}:  # of sets and mappings too
        return any(
            isinstance(node, ast.Attribute) and (node.attr in MODELS or node.attr.endswith("_set"))
            for node in ast.walk(call.value)
        )
    return True
