"""The papers of the house say what the code says."""

import re
import subprocess
import sys
from pathlib import Path

import typer

from loa.project.cli import app
from loa.project.doctor.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]


def test_the_map_is_up_to_date() -> None:
    """MAP.md is what `make map` writes."""
    assert subprocess.run([sys.executable, ROOT / "bin/make_map.py", "--check"], check=False).returncode == 0


def test_the_settings_page_lists_what_is_read() -> None:
    """docs/settings.md names exactly the variables that the configuration reads."""
    read = set(re.findall(r"LOA_[A-Z_]+", (ROOT / "loa/project/config.py").read_text("utf-8")))
    listed = set(re.findall(r"^### `(LOA_[A-Z_]+)`", (ROOT / "docs/settings.md").read_text("utf-8"), re.MULTILINE))
    assert listed == read == SETTINGS


def commands() -> set[str]:
    """Return every command of `loa`, groups spelled out."""
    root = typer.main.get_command(app)
    found = set()
    for name, command in getattr(root, "commands", {}).items():
        below = getattr(command, "commands", None)
        found |= {f"{name} {inner}" for inner in below} if below else {name}
    return found


def test_the_operating_page_names_commands_that_exist() -> None:
    """Every `loa …` in docs/operating.md is a command, and every command is named there."""
    text = (ROOT / "docs/operating.md").read_text("utf-8")
    named = set(re.findall(r"(?:`|bin/|^)loa ([a-z-]+(?: (?:rebuild|check|export|backup))?)\b", text, re.MULTILINE))
    assert named == commands()


def test_every_command_shows_an_example() -> None:
    """`--help` of each command ends in an example of that very command."""
    root = typer.main.get_command(app)
    for name in commands():
        command = root
        for word in name.split():
            command = command.commands[word]  # type: ignore[attr-defined]
        assert f"loa {name}" in (command.epilog or ""), name


def test_no_machine_path_is_in_the_tree() -> None:
    """Nothing in the repository names the machine it was written on."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    names = [name for name in listed if name.endswith((".py", ".md", ".toml", ".sh", ".html"))]
    path = "/" + "work/"
    assert [name for name in names if (ROOT / name).exists() and path in (ROOT / name).read_text("utf-8")] == []


def test_the_proxy_file_is_the_one_in_the_papers() -> None:
    """deploy/ holds what docs/operating.md shows."""
    text = (ROOT / "docs/operating.md").read_text("utf-8")
    for name in ("nginx.conf", "Caddyfile"):
        _, _, body = (ROOT / "deploy" / name).read_text("utf-8").partition("\n")
        assert body.strip() in text, name
