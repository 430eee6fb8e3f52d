"""The checks of the house: each takes the root of a tree and returns its complaints, so that tests can break a copy."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ENGINES = {"edge", "search", "jobs", "mail", "media", "lib", "ui", "project"}
FILES = {
    "__init__", "urls", "admin", "views", "outlet", "jobs", "forms", "emails", "preflight", "providers", "outlets",
    "rules", "queries", "models", "sheet", "states", "errors", "apps", "worker", "middleware", "adapter", "backend",
    "checks",
}  # fmt: skip
FOLDERS = {
    "management", "templatetags", "actions", "emails", "preflight", "providers", "outlets", "migrations", "templates",
    "static", "locale", "data", "views", "forms", "queries", "models", "rules", "admin",
}  # fmt: skip
NAMES_FOR_NOTHING = {"utils", "util", "helpers", "common", "core", "base", "services", "misc"}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
TEMPLATE_USE = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals")
# Where a signal is the only way in: the pragmas of a new database connection.
MAY_LISTEN = {"project"}


def levels(root: Path) -> dict[str, int]:
    """Return each room's level; the lowest is 1."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    order = next(contract for contract in contracts if contract["id"] == "order")["layers"]
    return {room.strip(): number for number, layer in enumerate(reversed(order), start=1) for room in layer.split("|")}


def rooms(root: Path) -> list[Path]:
    """Return the folders of the rooms as they are on disk."""
    return sorted(p for p in (root / "loa").iterdir() if p.is_dir() and p.name != "__pycache__")


def sources(root: Path) -> Iterator[tuple[str, Path]]:
    """Give each Python file with its room, migrations left out."""
    for room in rooms(root):
        for path in sorted(room.rglob("*.py")):
            if "migrations" not in path.parts:
                yield room.name, path


def imports(root: Path) -> list[str]:
    """Run the contracts of pyproject.toml."""
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache", "--no-logo"], cwd=root, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def places(root: Path) -> list[str]:
    """Every folder has its place in the order, and says at the top what it is."""
    known = levels(root)
    complaints = [f"{room.name} has no place in the order" for room in rooms(root) if room.name not in known]
    for _, path in sources(root):
        text = path.read_text("utf-8")
        if text.strip() and not ast.get_docstring(ast.parse(text)):
            complaints.append(f"{path.relative_to(root)} does not open with a sentence")
    return complaints


def file_names(root: Path) -> list[str]:
    """Names in a room come from the closed list; an engine names its own modules in its docstring."""
    complaints = []
    for room in rooms(root):
        docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
        complaints += [
            f"{path.relative_to(root)} is a name for nothing"
            for path in sorted(room.rglob("*.py"))
            if path.stem in NAMES_FOR_NOTHING
            and "templatetags" not in path.parts
            and path.parent.name != "fair_sqlite"  # Django asks for a database engine's module by the name "base".
        ]
        for path in sorted(room.iterdir()):
            if path.name == "__pycache__":
                continue
            words = {path.stem, path.stem.split("_")[0]}  # cli_output belongs to cli
            allowed = FOLDERS if path.is_dir() else FILES
            in_docstring = room.name in ENGINES and words & set(re.findall(r"\w+", docstring))
            if path.stem not in allowed and not in_docstring and (path.is_dir() or path.suffix == ".py"):
                complaints.append(f"{path.relative_to(root)} is not a name of the closed list")
    return complaints


def foreign_keys(root: Path) -> list[str]:
    """A relation points down or stays at home, and leaves no reverse name on the waist."""
    known = levels(root)
    complaints = []
    for room, path in sources(root):
        if path.stem != "models" and "models" not in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        origin = imported_from(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            target = target_of(call, origin)
            if target is None or target == room or target not in known:
                continue
            where = f"{path.relative_to(root)}:{call.lineno}"
            if known[target] >= known[room]:
                complaints.append(f"{where} points from {room} up to {target}")
            if target == "archive" and keyword(call, "related_name") != "+":
                complaints.append(f'{where} needs related_name="+": the waist does not know who looks at it')
    return complaints


def imported_from(tree: ast.AST) -> dict[str, str]:
    """Return the room that each imported name comes from."""
    return {
        (alias.asname or alias.name): node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("loa.")
        for alias in node.names
    }


def target_of(call: ast.Call, origin: dict[str, str]) -> str | None:
    """Return the room a relation points to; None when the call is no relation, or points to this room or Django."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in RELATIONS or not (call.args or call.keywords):
        return None
    to = call.args[0] if call.args else next((k.value for k in call.keywords if k.arg == "to"), None)
    if isinstance(to, ast.Constant) and isinstance(to.value, str):
        return to.value.split(".")[0] if "." in to.value else None
    if isinstance(to, ast.Attribute) and to.attr == "AUTH_USER_MODEL":
        return "accounts"
    while isinstance(to, ast.Attribute):
        to = to.value
    return origin.get(to.id) if isinstance(to, ast.Name) else None


def keyword(call: ast.Call, name: str) -> object:
    """Return the constant value of a keyword argument."""
    return next((k.value.value for k in call.keywords if k.arg == name and isinstance(k.value, ast.Constant)), None)


def templates(root: Path) -> list[str]:
    """A template extends and includes only its own room's and lower rooms' templates."""
    known = levels(root)
    complaints = []
    for room in rooms(root):
        for path in sorted((room / "templates").rglob("*.*")):
            if not path.is_file():
                continue
            for used in TEMPLATE_USE.findall(path.read_text("utf-8")):
                owner = used.split("/")[0]
                if owner in known and owner != room.name and known[owner] >= known[room.name]:
                    complaints.append(f"{path.relative_to(root)} uses {used}, which is not below it")
    return complaints


def signals(root: Path) -> list[str]:
    """No room listens to signals: what happens after an act stands in the act, or in the table of outlets."""
    complaints = []
    for room, path in sources(root):
        if room in MAY_LISTEN:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = []
            if isinstance(node, ast.ImportFrom) and node.module:
                modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            if any(module.startswith(SIGNALS) or module.endswith(".signals") for module in modules):
                complaints.append(f"{path.relative_to(root)}:{node.lineno} listens to signals")  # type: ignore[attr-defined]
    return complaints


CHECKS = {
    "imports": imports, "places": places, "file_names": file_names, "foreign_keys": foreign_keys,
    "templates": templates, "signals": signals,
}  # fmt: skip
