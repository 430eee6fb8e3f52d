"""Days of the week that are not the day their date falls on."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from loa.lib import dates
from loa.releases.preflight.draft import Draft, Finding, Fix, Passage, around

_VI = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "bẩy": 5,
       "7": 5}  # fmt: skip
_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_IN_VIETNAMESE = re.compile(
    r"\b(?P<weekday>thứ (?P<number>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)[, ]*\(?(?:ngày )?"
    r"(?P<day>\d{1,2})(?:[-/.]| tháng )(?P<month>\d{1,2})(?:(?:[-/.]|,? năm |, )(?P<year>20\d\d))?(?!\d)",
    re.IGNORECASE,
)
_IN_ENGLISH = re.compile(
    rf"\b(?P<weekday>{'|'.join(_EN)}),? (?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH})"
    rf"|(?P<month2>{_MONTH})\.? (?P<day2>\d{{1,2}}))"
    r"\.?(?:,? (?P<year>20\d\d))?(?!\d)",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """A date without a year is of the year in which it is nearest to today."""
    for passage in (*draft.passages, Passage("dateline", draft.dateline), Passage("contact", draft.contact)):
        for match in _IN_VIETNAMESE.finditer(passage.text):
            told = 6 if match["number"] is None else _VI[match["number"].lower()]
            yield from _compared(draft, passage, match, told, int(match["month"]), int(match["day"]))
        for match in _IN_ENGLISH.finditer(passage.text):
            told = _EN.index(match["weekday"].lower())
            month = _MONTHS[(match["month"] or match["month2"]).lower()]
            yield from _compared(draft, passage, match, told, month, int(match["day"] or match["day2"]))


def _compared(
    draft: Draft, passage: Passage, match: re.Match[str], told: int, month: int, day: int
) -> Iterator[Finding]:
    when = _date(match["year"], month, day, draft.today)
    if when is None or when.weekday() == told:
        return
    language = "en" if match.re is _IN_ENGLISH else "vi"
    right = dates.weekday_and_day(when, language).partition(",")[0]
    if language == "vi" and match["weekday"][0].islower():
        right = right[0].lower() + right[1:]
    said = right + match[0][len(match["weekday"]) :]
    fix = Fix(_("Sửa thành “%(weekday)s”") % {"weekday": right}, passage.field, match[0], said)
    yield Finding(
        check="weekdays", field=passage.field, excerpt=around(passage.text, match.start(), match.end()), fix=fix,
        what=_("Thứ và ngày không khớp: %(date)s là %(weekday)s.")
        % {"date": dates.day_in_figures(when), "weekday": right},
        why=_("Nhà báo không biết tin bên nào; một trong hai là sai."),
    )  # fmt: skip


def _date(year: str | None, month: int, day: int, today: date) -> date | None:
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
    found = []
    for one in years:
        try:
            found.append(date(one, month, day))
        except ValueError:
            continue
    return min(found, key=lambda one: abs(one - today), default=None) if found else None
