"""Days in words, without a locale of the system: Vietnamese and English here, the rest as Django writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat, formats, translation

_WEEKDAYS_VI = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date, language: str = "vi") -> str:
    """ "24 tháng 11, 2026", "24 November 2026"."""
    if language == "en":
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    if language != "vi":
        return _written(day, "DATE_FORMAT", language)
    return f"{day.day} tháng {day.month}, {day.year}"


def day_in_figures(day: date, language: str = "vi") -> str:
    """ "1-7-2025"; English has no figures that all read alike: "1 July 2025"."""
    return day_in_words(day, language) if language == "en" else f"{day.day}-{day.month}-{day.year}"


def weekday_and_day(day: date, language: str = "vi") -> str:
    """ "Thứ Ba, 24 tháng 11, 2026", "Tuesday, 24 November 2026"."""
    if language not in ("vi", "en"):
        return f"{_written(day, 'l', language)}, {day_in_words(day, language)}"
    weekday = (_WEEKDAYS_EN if language == "en" else _WEEKDAYS_VI)[day.weekday()]
    return f"{weekday}, {day_in_words(day, language)}"


def clock(local: datetime) -> str:
    """ "09:40"; by hand, since the system's library looks its own zone up each time."""
    return f"{local.hour:02}:{local.minute:02}"


def moment_in_words(at: datetime, zone: str, language: str = "vi") -> str:
    """ "15:04, 29 tháng 11, 2026": a moment on the clocks of a zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{clock(local)}, {day_in_words(local.date(), language)}"


def month_in_words(year: int, month: int, language: str = "vi") -> str:
    """ "Tháng 11, 2026", "November 2026"."""
    if language not in ("vi", "en"):
        return _written(date(year, month, 1), "YEAR_MONTH_FORMAT", language)
    return f"{_MONTHS_EN[month - 1]} {year}" if language == "en" else f"Tháng {month}, {year}"


def _written(day: date, form: str, language: str) -> str:
    with translation.override(language):
        return dateformat.format(day, formats.get_format(form, language))
