"""What belongs to each kind of release beside its text."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from loa.archive.models import Availability
from loa.lib import clock, html, tokens, vietnamese
from loa.releases.models import Kind

# What belongs to each kind; other kinds have nothing.
FACTS: dict[str, tuple[str, ...]] = {
    Kind.EVENT: (
        *("starts_at", "ends_at", "time_zone", "venues", "audience", "capacity"),
        *("registration_url", "press_contact", "stream_url"),
    ),
    Kind.PRODUCT: ("name", "availability", "available_from", "price"),
    Kind.APPOINTMENT: ("person", "role", "from_day"),
    Kind.RESULTS: ("period",),
    Kind.REPORT: ("period",),
}

# What a copy of a release must say anew: when it is, who it is about, and addresses made for that one time.
OF_ONE_TIME = ("starts_at", "ends_at", "registration_url", "stream_url", "available_from", "person", "role", "from_day",
               "period")  # fmt: skip

# Facts that are words, and the rows among them that hold words; dates, figures and addresses read alike everywhere.
WORDS = ("audience", "press_contact", "name", "price", "role", "period")
ROWS_OF_WORDS = {"venues": ("name", "address")}


def facts_of(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts a kind has, NFC, without what is empty, and without links that lead nowhere on the web."""
    kept = {name: _plain(facts.get(name)) for name in FACTS.get(kind, ())}
    if "venues" in kept:
        kept["venues"] = [one if isinstance(one, dict) else {"name": str(one)} for one in kept["venues"] or []]
    if "capacity" in kept:
        number = str(kept["capacity"] or "")
        kept["capacity"] = int(number) if number.isdecimal() and len(number) < 9 else None
    return {
        name: value
        for name, value in kept.items()
        if value not in (None, "", [], {}) and (not name.endswith("_url") or html.is_web_address(str(value)))
    }


def facts_for_a_copy(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts that hold for the next one too."""
    is_dated = facts.get("availability") == Availability.FROM_DAY
    kept = {name: value for name, value in facts.items() if name not in OF_ONE_TIME}
    return {name: value for name, value in kept.items() if not (is_dated and name == "availability")}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return vietnamese.kept(value.strip())
    if isinstance(value, list):
        return [row for one in value if (row := _plain(one))]
    if isinstance(value, dict):
        return {name: said for name, one in value.items() if (said := _plain(one)) not in (None, "")}
    return value


def about_facts(kind: str, facts: dict[str, Any]) -> list[tuple[bool, str]]:
    """What a kind asks of its facts: whether it is missing, and the sentence that says so."""
    if kind == Kind.EVENT:
        start, end = moment(facts.get("starts_at")), moment(facts.get("ends_at"))
        return [
            (start is None, _("Sự kiện cần ngày giờ bắt đầu.")),
            (bool(facts.get("ends_at")) and end is None, _("Không đọc được giờ kết thúc của sự kiện.")),
            (start is not None and end is not None and end < start, _("Sự kiện không thể kết thúc trước khi bắt đầu.")),
            (
                not (facts.get("venues") or facts.get("stream_url")),
                _("Sự kiện cần một địa điểm, hoặc địa chỉ phát trực tiếp."),
            ),
        ]
    if kind == Kind.PRODUCT:
        return [(not facts.get("name"), _("Sản phẩm cần tên."))]
    if kind == Kind.APPOINTMENT:
        return [
            (not facts.get("person"), _("Tin bổ nhiệm cần tên người được bổ nhiệm.")),
            (not facts.get("role"), _("Tin bổ nhiệm cần chức vụ mới.")),
        ]
    return []


def moment(written: Any) -> datetime | None:
    """A moment with its offset; None where there is none to read."""
    try:
        return clock.parse_rfc3339(str(written or ""))
    except ValueError:
        return None


def words_of_facts(facts: dict[str, Any]) -> dict[str, str]:
    """The words of a kind's facts by a name that lasts: a row is named by what it says, not by where it stands."""
    words = {name: str(facts[name]) for name in WORDS if facts.get(name)}
    for rows, parts in ROWS_OF_WORDS.items():
        for row in facts.get(rows) or []:
            words |= {f"{rows}.{key_of_row(row)}.{part}": str(row[part]) for part in parts if row.get(part)}
    return words


def key_of_row(row: dict[str, Any]) -> str:
    """What a row of facts is known by while its words stay as they are."""
    return tokens.digest(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())[:12]
