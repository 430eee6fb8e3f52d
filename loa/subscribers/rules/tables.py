"""Lists of addresses as tables of others, read with care."""

import csv
import io
from collections.abc import Iterator, Sequence

from loa.subscribers.errors import NotATable

MOST_BYTES = 8_000_000
MOST_LINES = 100_000
_ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")
_SEPARATORS = ",;\t"


def read(content: bytes) -> str:
    """The text of a CSV file, whichever program saved it. Raises NotATable."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotATable
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding).replace("\0", "")
        except UnicodeError:
            continue
    raise NotATable


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines with a value in them, each with its number in the file (from 1) and its cells without blanks around."""
    first = text.lstrip().partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield reader.line_num, stripped
    except csv.Error as error:
        raise NotATable from error


def email_column(lines: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """The column in which most of these lines have an @, from 0."""
    found = [place for _, cells in lines for place, cell in enumerate(cells) if "@" in cell]
    return max(set(found), key=found.count) if found else None


def has_head(lines: Sequence[tuple[int, Sequence[str]]], column: int) -> bool:
    """Say whether the first line names the columns."""
    return bool(lines) and "@" not in _cell(lines[0][1], column)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if 0 <= column < len(cells) else ""


def cell(cells: Sequence[str], column: int | None) -> str:
    """A value of a line, or nothing."""
    return "" if column is None else _cell(cells, column)
