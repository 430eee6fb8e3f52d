"""What belongs to the kind of a release, as its sheet says it to readers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.archive.models import Availability
from loa.archive.rules import zone_name
from loa.archive.sheet import Sheet
from loa.lib import clock, dates

register = template.Library()


@dataclass(frozen=True, slots=True)
class When:
    """When an event takes place, on the clocks of its own zone."""

    start: datetime
    end: datetime | None
    zone: str

    @property
    def is_over(self) -> bool:
        """Whether it has taken place."""
        return (self.end or self.start) < clock.now()

    @property
    def is_one_day(self) -> bool:
        """Whether it ends on the day it starts, if it says when."""
        return self.end is None or self.end.date() == self.start.date()

    @property
    def first_day(self) -> str:
        """ "Thứ Bảy, 5 tháng 12, 2026"."""
        return dates.weekday_and_day(self.start.date(), get_language() or "vi")

    @property
    def last_day(self) -> str:
        """The day it ends, in words."""
        return dates.weekday_and_day((self.end or self.start).date(), get_language() or "vi")

    @property
    def month(self) -> str:
        """The month as a calendar's leaf has it: "Tháng 12", "December"."""
        named = dates.month_in_words(self.start.year, self.start.month, get_language() or "vi")
        return named.replace(str(self.start.year), "").strip(" ,")

    @property
    def zone_name(self) -> str:
        """Whose clocks: "giờ Việt Nam (GMT+7)"."""
        return zone_name(self.zone, self.start)


@register.filter
def when(sheet: Sheet) -> When | None:
    """The times of an event; None where it has none that can be read."""
    zone = str(sheet.facts.get("time_zone") or sheet.time_zone)
    start = _moment(sheet.facts.get("starts_at"), zone)
    return When(start, _moment(sheet.facts.get("ends_at"), zone), zone) if start is not None else None


def _moment(written: Any, zone: str) -> datetime | None:
    try:
        return clock.parse_rfc3339(str(written or "")).astimezone(ZoneInfo(zone))
    except (ValueError, KeyError, OSError):
        return None


@register.filter
def venue(one: dict[str, str]) -> str:
    """Where a venue is: its address, and the place unless the address says it."""
    address, place = one.get("address", ""), one.get("place", "")
    return ", ".join(part for part in (address, "" if place and place in address else place) if part)


@register.filter
def availability(code: str) -> str:
    """Whether a product can be had, in words."""
    return str(Availability(code).label) if code in Availability.values else code


@register.filter
def what_it_is(kind: str) -> str:
    """What a text says of itself in its first line: only what a sender gave out is a press release."""
    others = {"sourced": _("tin dẫn nguồn"), "life": _("chuyện trong nhà")}
    kinds = {
        "event": _("sự kiện"), "product": _("sản phẩm"), "appointment": _("bổ nhiệm"),
        "results": _("kết quả kinh doanh"), "report": _("báo cáo"), "statement": _("tuyên bố"),
    }  # fmt: skip
    return others.get(kind) or " · ".join(filter(None, [_("thông cáo báo chí"), kinds.get(kind)]))
