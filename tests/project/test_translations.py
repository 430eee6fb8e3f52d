"""Catalogues: compiled when stale, left alone when fresh, complete and with the same slots."""

import gettext
import os
import re
from collections import Counter
from pathlib import Path

import polib
import pytest

from loa.project.translations import ROOMS, compile_all, compile_own
from tests.project.messages import used

CATALOGUES = sorted(ROOMS.glob("*/locale/*/LC_MESSAGES/django.po"))
SLOT = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def _catalogue(rooms: Path, english: str) -> Path:
    path = rooms / "desk" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Tin"\nmsgstr "{english}"\n', "utf-8"
    )
    return path


def _read(compiled: Path) -> str:
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file).gettext("Tin")


def test_it_writes_what_is_missing_and_leaves_what_is_fresh(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path, "News")
    assert compile_all(tmp_path) == [catalogue.with_suffix(".mo")]
    assert _read(catalogue.with_suffix(".mo")) == "News"
    assert compile_all(tmp_path) == []


def test_it_writes_again_after_a_change_and_leaves_no_half_file(tmp_path: Path) -> None:
    compiled = _catalogue(tmp_path, "News").with_suffix(".mo")
    compile_all(tmp_path)
    os.utime(compiled, (0, 0))
    _catalogue(tmp_path, "The news")
    assert compile_all(tmp_path) == [compiled]
    assert _read(compiled) == "The news"
    assert [path.name for path in compiled.parent.glob("*.mo")] == ["django.mo"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_every_message_has_its_english(path: Path) -> None:
    missing = [entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete and not entry.translated()]
    assert missing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_every_message_stands_once(path: Path) -> None:
    found = Counter((entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)))
    assert [message for message, times in found.items() if times > 1] == []


def test_every_word_of_code_and_templates_is_in_a_catalogue() -> None:
    known = {entry.msgid for path in CATALOGUES for entry in polib.pofile(str(path)) if not entry.obsolete}
    assert sorted({f"{path}: {words}" for words, path in used(ROOMS) if words not in known}) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_english_keeps_the_slots_of_the_source(path: Path) -> None:
    changed = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if not entry.msgid_plural and set(SLOT.findall(entry.msgid)) != set(SLOT.findall(entry.msgstr))
    ]
    assert changed == []


def test_an_operators_own_catalogue_is_compiled_in_their_home(tmp_path: Path) -> None:
    home = _catalogue(tmp_path, "News").parents[3]
    assert [file.name for file in compile_own(home)] == ["django.mo"]
    assert compile_own(home) == []


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    broken = _catalogue(tmp_path, "News")
    broken.write_bytes(b'msgid "\xff')
    with pytest.raises((OSError, ValueError)):
        compile_own(broken.parents[3])


def test_one_text_says_one_thing_in_every_room() -> None:
    """All catalogues become one when the portal runs: of two, the first room's is shown in both."""
    said: dict[tuple[str | None, str, str], dict[object, str]] = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            text = entry.msgstr or tuple(sorted(entry.msgstr_plural.items()))
            said.setdefault((entry.msgctxt, entry.msgid, path.parts[-3]), {}).setdefault(text, path.parts[-5])
    assert {message: texts for message, texts in said.items() if len(texts) > 1} == {}, "give one of them a context"
