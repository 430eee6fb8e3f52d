"""Stylesheets: a sheet is sent as one file with all it imports, at an address that says what is in it."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from loa.portals.models import Portal
from loa.ui import styles

WHOLE = ("ui/page.css", "pages/readers.css", "pages/framed.css", "archive/sheet.css")


def text_of(name: str) -> str:
    return Path(str(finders.find(name))).read_text()


def parts_of(name: str) -> Iterator[str]:
    """A file and what it imports, as a browser would ask for them."""
    yield name
    for part in re.findall(r'^@import "(.+)";$', text_of(name), re.MULTILINE):
        yield from parts_of(urljoin(f"/static/{name}", part).removeprefix("/static/"))


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    styles.sheet.cache_clear()
    styles.address.cache_clear()


@pytest.mark.parametrize("name", WHOLE)
def test_it_holds_every_source_once_and_in_order(name: str) -> None:
    found = styles.sheet(name)
    assert found is not None
    parts = list(parts_of(name))
    assert list(found.sources) == parts
    assert len(set(parts)) == len(parts)
    places = [found.text.index(text_of(part).splitlines()[0]) for part in parts]  # every file opens with a sentence
    assert places == sorted(set(places))
    assert "@import" not in found.text


@pytest.mark.parametrize("name", WHOLE)
def test_all_it_shows_is_there(client: Client, db: None, name: str) -> None:
    address = styles.address(name, "#b3261e", "#ff8a7a")
    shown = re.findall(r'url\("(?!data:)([^"]+)"\)', client.get(address).text)
    assert len(shown) == sum(text_of(part).count('url("fonts/') for part in parts_of(name))
    for one in shown:
        assert finders.find(urljoin(address, one).removeprefix("/static/"))


def test_it_is_good_for_ever_and_names_its_accent(client: Client, db: None) -> None:
    address = styles.address("ui/page.css", "#0a6470", "#7fd4e0")
    answer = client.get(address)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert "--accent: #0a6470" in answer.text
    assert "--accent: #7fd4e0" in answer.text
    assert styles.address("ui/page.css", "#0a6471", "#7fd4e0") != address


def test_another_accent_changes_no_sheet_without_colours() -> None:
    assert styles.address("archive/sheet.css", "#0a6470", "#7fd4e0") == styles.address("archive/sheet.css")


def test_who_comes_with_yesterdays_address_gets_todays_sheet(client: Client, db: None) -> None:
    answer = client.get("/styles/ui/page.b3261e-ff8a7a.0123456789ab.css")
    assert "--accent: #b3261e" in answer.text
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Cache-Tag" not in answer


def test_a_host_without_a_portal_gets_it_too(client: Client, db: None) -> None:
    address = styles.address("ui/page.css")
    assert client.get(address, headers={"Host": "nobody.example"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["ui/page.css", "ui/nothing.0123456789ab.css", "../settings.0123456789ab.css", "ui/page.red-red.0123456789ab.css"],
)
def test_nothing_else_is_there(client: Client, portal: Portal, path: str) -> None:
    assert client.get(f"/styles/{path}").status_code == 404


def test_a_sheet_that_names_a_missing_part_fails_loudly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "whole.css").write_text('/* All. */\n@import "gone.css";\n')
    monkeypatch.setattr(styles.finders, "find", lambda name: str(tmp_path / name) if name == "whole.css" else None)
    with pytest.raises(FileNotFoundError):
        styles.sheet("whole.css")
    with pytest.raises(FileNotFoundError):
        styles.address("gone.css")


@pytest.mark.parametrize("name", WHOLE)
def test_each_class_by_itself_is_drawn_in_one_file_only(name: str) -> None:
    """Rooms that share a sheet must not draw over each other; `.home .line` may change one."""
    drawn: dict[str, set[str]] = {}
    for part in parts_of(name):
        text = re.sub(r"/\*.*?\*/", "", text_of(part), flags=re.DOTALL)
        for selectors in re.findall(r"([^{};]+)\{", text):
            for selector in selectors.split(","):
                if alone := re.fullmatch(r"\.([\w-]+)(?::{1,2}[\w-]+)*", selector.strip()):
                    drawn.setdefault(alone[1], set()).add(part)
    assert len(drawn) > 3  # the sheet was read at all
    assert {one: sorted(parts) for one, parts in drawn.items() if len(parts) > 1} == {}
