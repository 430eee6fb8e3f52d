"""Sums and percentages that do not add up."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from loa.lib import html
from loa.releases.preflight.draft import Draft, Finding, Passage, around
from loa.releases.preflight.figures import FIGURE, value, written

_CHANGE = re.compile(
    rf"\b(?P<way>tăng|giảm|up|down|rose|fell|increased|decreased)(?: by)? (?:\w+ )?(?P<percent>{FIGURE})"
    r" ?(?:%|phần trăm|per ?cent)"
    rf"[^.;%]{{0,30}}?(?:từ|from)(?: mức)? (?P<before>{FIGURE})(?P<unit1>[^\d%.;]{{0,25}}?)"
    rf"(?:lên|xuống|còn|to)(?: mức)? (?P<after>{FIGURE})(?! ?%)",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"({FIGURE}) ?%")
_PARTS = re.compile(
    r"\b(?:cơ cấu|còn lại|gồm|chia (?:ra|thành)|trong đó|the rest|remaining|breakdown|respectively)\b", re.IGNORECASE
)
_WHOLE = re.compile(
    rf"(?P<whole>{FIGURE}) (?P<unit>[^\W\d_]+(?: [^\W\d_]+)?)(?:,)? (?:bao gồm|gồm(?: có)?|consisting of|made up of):? "
    r"(?P<parts>[^.;]+)",
    re.IGNORECASE,
)
_ONE = re.compile(rf"^(?:và |and )?({FIGURE}) [^\W\d_]")
_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_TOTAL = re.compile(r"^(?:tổng(?: cộng| số)?|cộng|total|sum)\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


def check(draft: Draft) -> Iterator[Finding]:
    """Changes between two figures, shares of a whole, parts of a number, columns with a total."""
    for passage in draft.passages:
        for sentence in passage.sentences:
            yield from _changes(draft, passage, sentence)
            yield from _shares(draft, passage, sentence)
            yield from _parts(draft, passage, sentence)
    for table in _TABLE.findall(draft.body_html):
        yield from _columns(draft, table)


def _finding(passage: Passage, excerpt: str, what: str) -> Finding:
    why = _("Nhà báo tính lại là thấy; hãy xem con số nào đúng.")
    return Finding(check="sums", field=passage.field, excerpt=excerpt, what=what, why=why)


def _changes(draft: Draft, passage: Passage, sentence: str) -> Iterator[Finding]:
    for match in _CHANGE.finditer(sentence):
        percent, before, after = (value(match[name], draft.language) for name in ("percent", "before", "after"))
        if not percent or not before or after is None:
            continue
        right = abs(after - before) / before * 100
        is_up = match["way"].lower() in ("tăng", "up", "rose", "increased")
        if abs(right - percent) <= max(1.0, percent * 0.03) and is_up == (after >= before):
            continue
        said = {"before": match["before"], "after": match["after"], "percent": written(right, draft.language)}
        yield _finding(
            passage, around(sentence, match.start(), match.end()),
            _("Từ %(before)s đến %(after)s là %(percent)s%%.") % said,
        )  # fmt: skip


def _shares(draft: Draft, passage: Passage, sentence: str) -> Iterator[Finding]:
    shares = [number for one in _SHARE.findall(sentence) if (number := value(one, draft.language)) is not None]
    total = sum(shares)
    if len(shares) >= 3 and _PARTS.search(sentence) and 85 < total < 115 and abs(total - 100) > 0.6:
        said = {"total": written(total, draft.language)}
        yield _finding(passage, sentence[:160], _("Các phần cộng lại là %(total)s%%, không phải 100%%.") % said)


def _parts(draft: Draft, passage: Passage, sentence: str) -> Iterator[Finding]:
    match = _WHOLE.search(sentence)
    if match is None:
        return
    pieces = [one.strip() for one in re.split(r",(?!\d)|\bvà\b|\band\b", match["parts"]) if one.strip()]
    numbers = [value(found[1], draft.language) if (found := _ONE.match(one)) else None for one in pieces]
    whole = value(match["whole"], draft.language)
    known = [number for number in numbers if number is not None]
    if whole is None or len(known) < 2 or len(known) != len(pieces) or abs(sum(known) - whole) < 0.01:
        return
    if max(known) >= whole or sum(known) < whole * 0.5:  # "12 tỉnh gồm 2 thành phố và 3 đảo" names some of them
        return
    said = {"whole": match["whole"], "total": written(sum(known), draft.language)}
    yield _finding(passage, sentence[:160], _("Các phần cộng lại là %(total)s, không phải %(whole)s.") % said)


def _columns(draft: Draft, table: str) -> Iterator[Finding]:
    rows = [[html.to_text(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(table)]
    if len(rows) < 4 or not rows[-1] or not _TOTAL.match(rows[-1][0]) or len({len(row) for row in rows}) != 1:
        return
    for column in range(1, len(rows[-1])):
        told = value(rows[-1][column], draft.language)
        numbers = [value(row[column], draft.language) for row in rows[1:-1]]
        if told is None or any(number is None for number in numbers):
            continue
        total = sum(number for number in numbers if number is not None)
        if abs(total - told) > max(0.5, abs(told) * 0.002):
            said = {"column": rows[0][column], "total": written(total, draft.language), "told": rows[-1][column]}
            yield _finding(
                Passage("body_html", ""), " · ".join(rows[-1])[:160],
                _("Cột “%(column)s” cộng lại là %(total)s, bảng ghi %(told)s.") % said,
            )  # fmt: skip
