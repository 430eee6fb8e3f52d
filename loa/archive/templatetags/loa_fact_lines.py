"""What belongs to the kind of a release, as lines with their names: for paper, feeds and Markdown."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _

from loa.archive.rules import zone_name
from loa.archive.sheet import Sheet
from loa.archive.templatetags.loa_facts import availability, venue
from loa.lib import clock, dates, html

register = template.Library()


@register.filter
def details(sheet: Sheet, language: str) -> list[dict[str, str]]:
    """Lines of {title, text, to}; what was left empty is not there."""
    facts = sheet.facts
    zone = str(facts.get("time_zone") or sheet.time_zone)
    rows: list[tuple[str, Any, str]] = [
        (_("Bắt đầu"), _moment(facts.get("starts_at"), zone, language), ""),
        (_("Kết thúc"), _moment(facts.get("ends_at"), zone, language), ""),
        *[(_("Địa điểm"), _venue(one), "") for one in facts.get("venues") or []],
        (_("Dành cho"), facts.get("audience"), ""),
        (_("Sức chứa"), facts.get("capacity"), ""),
        (_("Đăng ký dự"), facts.get("registration_url"), "link"),
        (_("Phát trực tiếp"), facts.get("stream_url"), "link"),
        (_("Đăng ký tác nghiệp"), facts.get("press_contact"), ""),
        (_("Sản phẩm"), facts.get("name"), ""),
        (_("Có bán"), availability(str(facts.get("availability") or "")), ""),
        (_("Từ ngày"), day(facts.get("available_from"), language), ""),
        (_("Giá"), facts.get("price"), ""),
        (_("Người được bổ nhiệm"), facts.get("person"), ""),
        (_("Giữ chức"), facts.get("role"), ""),
        (_("Từ ngày"), day(facts.get("from_day"), language), ""),
        (_("Kỳ"), facts.get("period"), ""),
    ]
    return [
        {"title": title, "text": str(text), "to": str(text) if kind and html.is_web_address(str(text)) else ""}
        for title, text, kind in rows
        if text
    ]


def _venue(one: dict[str, str]) -> str:
    return ", ".join(filter(None, [one.get("name"), venue(one)]))


def _moment(written: Any, zone: str, language: str) -> str:
    """The time on the clocks of the event's own zone, and whose they are."""
    try:
        local = clock.parse_rfc3339(str(written or "")).astimezone(ZoneInfo(zone))
    except (ValueError, KeyError, OSError):
        return ""
    return f"{local:%H:%M}, {dates.weekday_and_day(local.date(), language)}, {zone_name(zone, local)}"


def day(written: Any, language: str) -> str:
    """A day written as ISO 8601 in words; anything else as it is written."""
    try:
        return dates.day_in_words(date.fromisoformat(str(written)), language)
    except ValueError:
        return str(written or "")
