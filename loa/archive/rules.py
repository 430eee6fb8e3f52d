"""What a text says it is, and on what terms it may be used, in the words machines know; and whose time it tells."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_GENRES = {"sourced": "News", "life": "Feature"}
_ADDRESSES = {
    "cc-by": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa": "https://creativecommons.org/licenses/by-sa/4.0/",
}


def genre(kind: str) -> str:
    """What a text of this kind is (IPTC NewsCodes, genre): only what a sender gave out is a press release."""
    return _GENRES.get(kind, "Press Release")


def licence_address(licence: str, terms: str) -> str:
    """Where a licence is written; `terms` is the portal's own page, for what has no page of the world's."""
    return _ADDRESSES.get(licence, terms)


def credit(picture: dict[str, Any], of_text: str, sender: str) -> str:
    """Whom to name beside a picture: its own line, else the text's, else the sender."""
    return str(picture.get("credit") or of_text or sender)


# Zones whose clocks have a name of their own here; any other is called after its city.
ZONES = {
    "Asia/Ho_Chi_Minh": _("giờ Việt Nam"),
    "Asia/Bangkok": _("giờ Thái Lan"),
    "Asia/Singapore": _("giờ Singapore"),
    "Asia/Shanghai": _("giờ Trung Quốc"),
    "Asia/Tokyo": _("giờ Nhật Bản"),
    "Asia/Seoul": _("giờ Hàn Quốc"),
    "Asia/Kolkata": _("giờ Ấn Độ"),
    "Australia/Sydney": _("giờ Sydney"),
    "Europe/Moscow": _("giờ Moskva"),
    "Europe/Berlin": _("giờ Berlin"),
    "Europe/Paris": _("giờ Paris"),
    "Europe/London": _("giờ London"),
    "America/New_York": _("giờ New York"),
    "America/Los_Angeles": _("giờ Los Angeles"),
    "UTC": _("giờ quốc tế (UTC)"),
}


def zone_name(zone: str, at: datetime) -> str:
    """Whose clocks a time is read from, and how far they are from Greenwich: "giờ Việt Nam (GMT+7)"."""
    name = ZONES.get(zone) or gettext("giờ %(city)s") % {"city": zone.rpartition("/")[2].replace("_", " ")}
    minutes = int((at.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    offset = f"{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}" if minutes else ""
    return str(name) if zone == "UTC" else f"{name} (GMT{offset})"
