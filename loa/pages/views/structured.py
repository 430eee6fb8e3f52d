"""What a release page tells machines (schema.org, JSON-LD 1.1)."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.archive.sheet import Sheet


def json_ld(sheet: Sheet, entry: Entry) -> str:
    zone = ZoneInfo(sheet.time_zone)
    local = sheet.published_at.astimezone(zone)
    changed = archive.modified_at(entry).astimezone(zone)
    is_day = sheet.is_day_only and changed == local
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": sheet.headline,
        "description": sheet.lead or sheet.subtitle,
        "inLanguage": sheet.language,
        "genre": "news" if sheet.is_sourced else "press release",
        "datePublished": local.date().isoformat() if sheet.is_day_only else local.isoformat(timespec="seconds"),
        "dateModified": changed.date().isoformat() if is_day else changed.isoformat(timespec="seconds"),
        "mainEntityOfPage": entry.portal.address + sheet.path,
        "articleSection": sheet.section_name,
        "image": [entry.portal.address + picture["url"] for picture in sheet.pictures],
        "author": {"@type": "Organization", "name": sheet.organization.name, "url": sheet.organization.website},
        "publisher": {"@type": "Organization", "name": entry.portal.name, "url": entry.portal.address},
    }
    if sheet.is_sourced and sheet.source_url:
        data["isBasedOn"] = sheet.source_url
    # A text may hold "</script>"; escaped, it stays text.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
