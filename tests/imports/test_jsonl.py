"""Lines are read one by one, packed or not, and a file that ends in the middle says so."""

import gzip
from pathlib import Path

import pytest

from loa.imports.errors import CannotRead
from loa.imports.providers import jsonl


def test_lines_have_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}\n\n{"a": 2}\r\n[1]\n\xff\n{"a": 3}')
    found = [(item.number, item.refused or item.values["a"]) for item in jsonl.read(file)]
    said = ["it is no JSON object", "it is not written in UTF-8"]
    assert found == [(1, 1), (3, 2), (4, said[0]), (5, said[1]), (6, 3)]


def test_packed_lines_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(gzip.compress(b'{"a": 1}\n{"a": 2}\n'))
    assert [item.values["a"] for item in jsonl.read(file)] == [1, 2]


def test_half_a_packed_file_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(gzip.compress(b'{"a": 1}\n' * 9)[:-9])
    with pytest.raises(CannotRead, match="to its end"):
        list(jsonl.read(file))


def test_a_line_without_end_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little it was packed to."""
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1000)
    file = tmp_path / "a"
    file.write_bytes(gzip.compress(b"x" * 100_000 + b'\n{"a": 1}'))
    first, second = jsonl.read(file)
    assert ("longer" in first.refused, second.number, second.values) == (True, 2, {"a": 1})


def test_deep_nesting_is_no_json(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b'{"a":' + b"[" * 200_000)
    assert [item.refused for item in jsonl.read(file)] == ["it is no JSON"]


def test_names_that_only_other_readers_use_mean_nothing_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b'{"title": "x", "remarks": 5, "left_out": "foo"}')
    assert [item.values for item in jsonl.read(file)] == [{"title": "x"}]
