"""What a text says it is, and on what terms it may be used, in the words machines know; whose time it tells; and how
addresses of other places are read.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.lib import vietnamese

_GENRES = {"sourced": "News", "life": "Feature"}
_ADDRESSES = {
    "cc-by": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa": "https://creativecommons.org/licenses/by-sa/4.0/",
}


def genre(kind: str) -> str:
    """What a text of this kind is (IPTC NewsCodes, genre): only what a sender gave out is a press release."""
    return _GENRES.get(kind, "Press Release")


# What a release is, in words.
KINDS = {
    "news": _("Tin"),
    "event": _("Sự kiện"),
    "product": _("Sản phẩm"),
    "appointment": _("Bổ nhiệm"),
    "results": _("Kết quả kinh doanh"),
    "report": _("Báo cáo"),
    "statement": _("Tuyên bố"),
    "sourced": _("Tin dẫn nguồn"),
    "life": _("Chuyện trong nhà"),
}


def kind_name(kind: str) -> str:
    """What a release is, in the reader's words; a kind we do not know as it is called."""
    return str(KINDS.get(kind, kind))


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


LONGEST_ADDRESS = 500
# What a link carries for those who count clicks.
_COUNTERS = ("utm_", "fbclid", "gclid", "zarsrc")


def old_address(url: str) -> tuple[str, str] | None:
    """Host and path of an address of another time, alike however it was written; None where it can lead to no text.

    Letters are decoded and composed, a slash at the end and whatever counts clicks is left out, a query is in order.
    The bare address of a site is nobody's text, but `/?p=19` is how WordPress names one.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    asked = sorted(pair for pair in parse_qsl(parts.query) if not pair[0].startswith(_COUNTERS))
    path = vietnamese.nfc(unquote(parts.path)).rstrip("/")
    path = f"{path or '/'}?{vietnamese.nfc(unquote(urlencode(asked)))}" if asked else path
    if not path.startswith("/") or "\0" in path or len(path) > LONGEST_ADDRESS or len(host) > 253:
        return None
    return host, path
