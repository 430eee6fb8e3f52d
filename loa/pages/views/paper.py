"""A release on paper: its sheet as the plain values that the template draws, set once for each version and kept."""

import hashlib
import logging
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive.sheet import Sheet
from loa.archive.templatetags.loa_fact_lines import day, details
from loa.lib import dates, html, pdf, pdf_shelf, pdf_tree, qr
from loa.pages import rules
from loa.pages.views.found import Found, find
from loa.pages.views.licence import terms
from loa.pages.views.pictures import file_of

TEMPLATE = Path(__file__).parent.parent / "data" / "release.typ"
COLUMN, TALLEST = 166, 94  # millimetres: the width of the text, and how high a picture may stand
MOST_PICTURES = 40
LONG_QUOTE = 1200  # characters; a shorter one stays on one page with the name under it
log = logging.getLogger(__name__)


@require_safe
def paper(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """The PDF; 503 for a moment where too many are being set at once."""
    found = find(request, public_id, lambda page: f"{page}.pdf")
    if isinstance(found, HttpResponse):
        return found
    sheet = found.sheet
    if not pdf.may_be_set(sheet.headline + sheet.lead + found.version.body_text):
        raise Http404
    try:
        made = pdf_shelf.kept(rules.papers_folder(), public_id, paper_of(found, sheet))
    except pdf.NotTypeset as reason:
        log.warning("no PDF of %s: %s", public_id, reason)
        sentence = _("Bản PDF chưa dựng được ngay lúc này; xin thử lại sau ít phút.")
        return HttpResponse(f"{sentence}\n", "text/plain; charset=utf-8", 503, headers={"Retry-After": "60"})
    headers = {
        "Content-Disposition": f'inline; filename="{found.version.slug}.pdf"',
        "Link": f'<{found.address}>; rel="canonical"',
    }
    answer = HttpResponse(made, content_type="application/pdf", headers=headers)
    return rules.public(request, answer, archive.tags(found.entry))


def paper_of(found: Found, sheet: Sheet) -> pdf.Paper:
    """The order for one text: everything shown as data, pictures under names of their own."""
    files: dict[str, Path] = {}
    body = pdf_tree.tree(sheet.body_html)
    _prepare(body, found.entry.portal.address, files, [1])
    shown = [_picture(one, sheet, files) for one in sheet.pictures[:MOST_PICTURES]]
    if sheet.dateline:
        _run_in(body, sheet.dateline)
    data = {
        **_head(found, sheet),
        "body": body,
        "pictures": [one for one in shown if one["file"]],
        "details": details(sheet, found.language),
        "parts": _parts(found, sheet),
        "colophon": _colophon(found, sheet),
    }
    return pdf.Paper(
        template=TEMPLATE, data=data, pictures=files, drawings={"qr.svg": qr.of_page(found.address)},
        made_at=found.version.shelved_at,
    )  # fmt: skip


def _head(found: Found, sheet: Sheet) -> dict[str, Any]:
    portal = found.entry.portal
    local = sheet.published_at.astimezone(ZoneInfo(sheet.time_zone))
    when = dates.day_in_words(local.date(), found.language)
    kind = {"sourced": _("tin dẫn nguồn"), "life": ""}.get(sheet.kind, _("thông cáo báo chí"))
    senders = [sheet.sender, *[str(one.get("name", "")) for one in sheet.partners]]
    facts = [*senders, when if sheet.is_day_only else f"{when}, {local:%H:%M}"]
    if sheet.place_name:
        facts.append(sheet.place_name)
    suspended = _("Tổ chức này đang bị tạm ngưng trên cổng. Xin kiểm tra kỹ trước khi dùng.")
    return {
        "accent": portal.accent if re.fullmatch(r"#[0-9a-fA-F]{6}", portal.accent) else "#14171c",
        "language": sheet.language.split("-")[0].lower(),
        "portal": portal.name,
        "address": found.address,
        "short_address": found.address.partition("://")[2].rpartition("/")[0],
        "sender": ", ".join(senders),
        "description": sheet.lead or sheet.subtitle or sheet.headline,
        "headline": sheet.headline,
        "subtitle": sheet.subtitle,
        "lead": sheet.lead,
        "kicker": " · ".join(part for part in (kind.upper(), sheet.section_name) if part),
        "facts": facts,
        "notice": suspended if sheet.organization.suspended_at else "",
    }


def _picture(picture: dict[str, Any], sheet: Sheet, files: dict[str, Path]) -> dict[str, Any]:
    credit = picture.get("credit") or sheet.picture_credit
    made = _("Ảnh tạo bằng AI") if picture.get("is_ai") else ""
    return {
        **_drawn(picture, str(picture.get("url", "")), files),
        "caption": " · ".join(one for one in (made, picture.get("caption") or "") if one),
        "credit": f"{_('Nguồn ảnh:')} {credit}" if credit else "",
    }


def _drawn(picture: dict[str, Any], address: str, files: dict[str, Path]) -> dict[str, Any]:
    """Its name for the template (empty where the file is gone), and its share of the column's width."""
    path = file_of(address)
    name = f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.jpg" if path else ""
    if path:
        files[name] = path
    wide, high = picture.get("width") or 16, picture.get("height") or 9
    share = min(1.0, TALLEST * wide / (COLUMN * high))
    return {"file": name, "alt": picture.get("alt") or _("Ảnh của thông cáo"), "share": round(max(share, 0.1), 3)}


def _prepare(nodes: list[pdf_tree.Node], origin: str, files: dict[str, Path], rank: list[int] | None = None) -> None:
    """Gives headings their level without a gap (PDF/UA), links their full address, pictures their file.

    A heading inside a table, an item or a quotation is only bold: it heads no part of the text.
    """
    for node in nodes:
        if isinstance(node, str):
            continue
        if node["t"] in ("h2", "h3", "h4"):
            _rank(node, rank)
        elif node["t"] == "blockquote":
            node["may_break"] = len(pdf_tree.words_in(node["c"])) > LONG_QUOTE
        elif node["t"] == "a":
            node.update(_link(node, origin))
        elif node["t"] == "img":
            node.update(_drawn(node, node["src"], files))
        _prepare([*node.get("caption", []), *node.get("c", [])], origin, files)
        for cell in node.get("cells", []):
            _prepare(cell["c"], origin, files)


def _rank(node: dict[str, Any], rank: list[int] | None) -> None:
    if rank is None or not pdf_tree.words_in(node["c"]).strip():
        node.update(t="p", c=[{"t": "strong", "c": node["c"]}])
    else:
        rank[0] = min(int(node["t"][1]), rank[0] + 1)
        node.update(t="h", level=rank[0])


def _link(node: dict[str, Any], origin: str) -> dict[str, Any]:
    """The full address; noted at the foot of the page where its words do not say it. "#part" leads nowhere here."""
    to = origin + node["to"] if node["to"].startswith("/") else node["to"]
    if to.startswith("#"):
        to = ""
    words = pdf_tree.words_in(node["c"])
    return {"to": to, "is_noted": html.is_web_address(to) and words.strip("/ ") not in to}


def _run_in(body: list[pdf_tree.Node], dateline: str) -> None:
    """The dateline opens the first paragraph, as agencies set it."""
    opening: list[pdf_tree.Node] = [{"t": "strong", "c": [dateline]}, " – "]
    first = body[0] if body else None
    if isinstance(first, dict) and first["t"] == "p":
        first["c"][:0] = opening
    else:
        body.insert(0, {"t": "p", "c": opening[:1]})


def _parts(found: Found, sheet: Sheet) -> list[dict[str, Any]]:
    """What stands under the text: contact, source, documents, files, the sender."""
    origin = found.entry.portal.address
    sender = sheet.organization
    profile = (sender.profile_en if sheet.language != "vi" else "") or sender.profile
    parts = {
        _("Văn bản được dẫn"): [
            _line(
                _joined(one.get("number"), one.get("title"), one.get("issuer"), day(one.get("date"), found.language)),
                one.get("url"),
            )
            for one in sheet.documents
        ],
        _("Tệp kèm theo"): [_file(one, origin) for one in [*sheet.videos, *sheet.attachments]],
        _("Liên hệ báo chí"): [_line(sheet.contact)] if sheet.contact else [],
        _("Nguồn"): [_line(sheet.source_name or sheet.source_url, sheet.source_url)] if sheet.source_url else [],
        _("Về %(name)s") % {"name": sheet.sender}: [_line(html.shorten(profile, 700), sender.website)]
        if profile or sender.website
        else [],
    }
    return [{"title": title, "lines": lines} for title, lines in parts.items() if lines]


def _line(text: Any, to: Any = "") -> dict[str, str]:
    return {"text": str(text or to or ""), "to": str(to or "") if html.is_web_address(str(to or "")) else ""}


def _file(one: dict[str, Any], origin: str) -> dict[str, str]:
    address = str(one.get("url") or one.get("address") or "")
    return _line(one.get("title") or one.get("name") or address, origin + address if address[:1] == "/" else address)


def _joined(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)


def _colophon(found: Found, sheet: Sheet) -> dict[str, Any]:
    version = found.version
    local = version.shelved_at.astimezone(ZoneInfo(sheet.time_zone))
    when = f"{dates.day_in_words(local.date(), found.language)}, {local:%H:%M}"
    title = _("Phiên bản %(number)s, ghi vào kho ngày %(when)s") % {"number": version.number, "when": when}
    licence = terms(sheet.licence, found.address)
    lines = [_joined(version.reason, version.note)] if version.reason or version.note else []
    lines += [_("Văn bản có phần do AI viết, theo lời khai của bên phát hành.")] if sheet.is_ai else []
    lines.append(f"{licence.sentence} {licence.address}" if licence.is_outside else licence.sentence)
    lines.append(_("Bản đang có hiệu lực, cùng mọi lần sửa, đọc ở địa chỉ này:"))
    return {"title": title, "lines": lines, "digest": f"SHA-256 {version.digest}", "qr": _("Mã QR của địa chỉ bài này")}
