"""A bank's statement as CSV, whichever bank made it: its letters, separator, headings and way to write sums.

Money that came in is kept; what went out, sums and headings in between are passed over. A line with an amount and
nothing to know it by (no reference, no balance) is told apart by its place among its equals of that day.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from loa.lib import money, vietnamese

LARGEST = 2_000_000  # bytes
MOST_LINES = 2_000
# What each column is called, folded; the first that fits a heading is taken, the longer names first.
HEADINGS = {
    "at": ("ngay hieu luc", "ngay giao dich", "ngay gd", "thoi gian", "transaction date", "value date",
           "posting date", "date", "ngay"),
    "credit": ("so tien ghi co", "phat sinh co", "ps co", "ghi co", "so tien co", "tien vao", "credit amount",
               "credit", "co"),
    "debit": ("so tien ghi no", "phat sinh no", "ps no", "ghi no", "so tien no", "tien ra", "debit amount", "debit",
              "no"),
    "amount": ("so tien", "amount", "gia tri"),
    "note": ("noi dung", "dien giai", "mo ta", "chi tiet giao dich", "transaction description", "description",
             "details", "remark", "narrative"),
    "reference": ("so tham chieu", "ma tham chieu", "so but toan", "ma giao dich", "ma gd", "so gd", "so ct",
                  "so chung tu", "transaction id", "transaction no", "reference", "ref"),
    "balance": ("so du", "balance"),
}  # fmt: skip
_DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y/%m/%d")
_CLOCKS = ("", " %H:%M:%S", " %H:%M")


class NotAStatement(Exception):
    """No line of the file names the columns, or it cannot be read at all."""


@dataclass(frozen=True)
class Line:
    """Money that came in: where in the file (from 1), when (UTC), how much, with what words, under which reference."""

    number: int
    at: datetime
    amount: int
    note: str
    reference: str


@dataclass(frozen=True)
class Statement:
    """What was read, and the numbers of lines that look like money and could not be read."""

    lines: list[Line]
    unread: list[int]


def read(data: bytes, zone: str) -> Statement:
    """The statement in a file; days and hours are of the portal's zone. Raises NotAStatement."""
    if len(data) > LARGEST:
        raise NotAStatement
    rows = _rows(_text(data))
    start, columns = _headings(rows)
    lines, unread, seen = [], [], Counter[str]()
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        try:
            line = _line(number, row, columns, zone, seen)
        except (ValueError, OverflowError):
            unread.append(number)
        else:
            lines += [line] if line else []
    return Statement(lines, unread)


def _text(data: bytes) -> str:
    """UTF-8 with its mark or without, UTF-16 as Excel saves it, and what Windows wrote before."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")


def _rows(text: str) -> list[list[str]]:
    lines = text.replace("\0", "").splitlines()[: MOST_LINES + 100]
    if not lines:
        raise NotAStatement
    head = "\n".join(lines[:30])
    separator = max(";\t,|", key=head.count)
    try:
        return list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
    except csv.Error as error:
        raise NotAStatement from error


def _headings(rows: list[list[str]]) -> tuple[int, dict[str, int]]:
    """The first row that names a day, an amount and a note, and which column is which."""
    for start, row in enumerate(rows[:60]):
        columns = _columns([_folded(cell) for cell in row])
        if {"at", "note"} <= columns.keys() and columns.keys() & {"credit", "amount"}:
            return start, columns
    raise NotAStatement


def _columns(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for field, wanted in HEADINGS.items():
        for word in wanted:
            at = next((i for i, name in enumerate(names) if i not in found.values() and _says(name, word)), None)
            if at is not None:
                found[field] = at
                break
    return found


def _says(name: str, word: str) -> bool:
    """A heading says a word when it begins with it as a whole word; the shortest ones must be all of it."""
    return name == word or (len(word) > 3 and f"{name} ".startswith(f"{word} "))


def _folded(cell: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", vietnamese.fold(cell)).split())


def _line(number: int, row: list[str], columns: dict[str, int], zone: str, seen: Counter[str]) -> Line | None:
    """A row as money that came in, or None where none did. Raises ValueError where something did and is unreadable."""
    said = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
    written = said.get("credit") or said.get("amount") or ""
    if not re.search(r"[1-9]", written):
        return None
    if not said["at"] and not said["note"]:
        return None  # a sum under the columns
    if "credit" not in columns and re.search(r"[1-9]", said.get("debit", "")):
        return None
    amount = money.read(written)
    if amount <= 0:
        return None
    at = _moment(said["at"], zone)
    note = vietnamese.kept(" ".join(said["note"].split()))[:500]
    return Line(number, at, amount, note, said.get("reference", "")[:100] or _fingerprint(at, amount, note, said, seen))


def _fingerprint(at: datetime, amount: int, note: str, said: dict[str, str], seen: Counter[str]) -> str:
    """What a line without a reference is known by, the same however often its statement is taken in."""
    told = f"{at.isoformat()}|{amount}|{note}|{said.get('balance', '')}"
    seen[told] += 1
    return "csv-" + hashlib.sha256(f"{told}|{seen[told]}".encode()).hexdigest()[:32]


def _moment(written: str, zone: str) -> datetime:
    plain = " ".join(written.replace("T", " ").split())
    for day in _DATES:
        for clock in _CLOCKS:
            try:
                local = datetime.strptime(plain, day + clock)  # noqa: DTZ007 (the zone follows)
            except ValueError:
                continue
            return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    raise ValueError(f"no day: {written[:40]!r}")
