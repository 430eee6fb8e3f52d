"""A release as Markdown, for readers who are programs: facts in front (YAML), then everything its page shows."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.archive import queries as archive
from loa.archive import rules as texts
from loa.archive.models import Licence
from loa.archive.sheet import Sheet
from loa.archive.templatetags.loa_fact_lines import details
from loa.lib import markdown
from loa.media.marks import AI_IN_PART
from loa.media.templatetags.loa_media import with_words
from loa.pages import rules
from loa.pages.views.found import Found, find
from loa.pages.views.things import moment
from loa.ui.language import speaking

TYPE = "text/markdown"
_PAGES = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


def is_asked_for(request: HttpRequest) -> bool:
    """Whether the reader would rather have Markdown than a page; browsers and those who take anything would not."""
    return request.get_preferred_type(["text/html", TYPE]) == TYPE


@require_safe
def release(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """A release at its address + `.md`."""
    found = find(request, public_id, lambda page: f"{page}.md")
    return found if isinstance(found, HttpResponse) else answer(request, found)


def answer(request: HttpRequest, found: Found) -> HttpResponse:
    """The text as Markdown, at whichever of its two addresses."""
    made = HttpResponse(document(found), f"{TYPE}; charset=utf-8")
    made["Link"] = f'<{found.address}>; rel="canonical"'
    made["Content-Language"] = found.version.language
    return rules.public(request, made, archive.tags(found.entry))


def document(found: Found) -> str:
    """The whole document; our own words beside the text are in its language where we speak it."""
    with speaking(found.version.language):
        parts = [_front(found), *_body(found.sheet, found)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _front(found: Found) -> str:
    """Facts as YAML; each value is written as JSON, which YAML reads too."""
    facts = {name: value for name, value in _facts(found).items() if value not in (None, "", [], {})}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
    return "\n".join(["---", *lines, "---"])


def _facts(found: Found) -> dict[str, Any]:
    entry, version, sheet, origin = found.entry, found.version, found.sheet, found.entry.portal.address
    changed = archive.modified_at(entry)
    current = archive.texts(entry)
    return {
        "title": sheet.headline,
        "subtitle": sheet.subtitle,
        "genre": texts.genre(sheet.kind),
        "kind": sheet.kind,
        "sender": _sender(sheet, origin),
        "partners": [one.get("name") for one in sheet.partners],
        "published": moment(sheet.published_at, sheet.time_zone, is_day=sheet.is_day_only),
        "modified": moment(changed, sheet.time_zone, is_day=sheet.is_day_only and changed == sheet.published_at),
        "version": version.number,
        "language": version.language,
        "translation_of_version": sheet.translates,
        "is_behind_original": sheet.is_behind or None,
        "is_sender_suspended": sheet.organization.suspended_at is not None or None,
        "is_demonstration": entry.portal.is_demonstration or None,
        "languages": {code: f"{origin}{archive.address(entry, one)}.md" for code, one in current.items()},
        "section": sheet.section_name,
        "place": entry.place.name if entry.place is not None else None,
        "digital_source_type": AI_IN_PART if sheet.is_ai else None,
        "licence": str(Licence(sheet.licence).label),
        "licence_url": texts.licence_address(sheet.licence, f"{found.address}#licence"),
        "source": {"name": sheet.source_name, "url": sheet.source_url} if sheet.source_url else None,
        "url": found.address,
        "publisher": {"name": entry.portal.name, "url": f"{origin}/"},
    }


def _sender(sheet: Sheet, origin: str) -> dict[str, str]:
    one = sheet.organization
    said = {"name": sheet.sender, "newsroom": origin + one.get_absolute_url(), "website": one.website}
    return {name: value for name, value in said.items() if value}


def _body(sheet: Sheet, found: Found) -> list[str]:
    origin = found.entry.portal.address
    return [
        _warning(sheet),
        f"# {markdown.escape(sheet.headline)}",
        markdown.escape(sheet.subtitle),
        f"**{markdown.escape(sheet.lead)}**" if sheet.lead else "",
        *[_picture(one, sheet, origin) for one in sheet.pictures[:1]],
        "\n".join(f"- {markdown.escape(line['title'])}: {_line(line)}" for line in details(sheet, sheet.language)),
        markdown.escape(sheet.dateline),
        markdown.from_html(with_words(sheet.body_html, sheet.pictures), origin),
        *[_picture(one, sheet, origin) for one in sheet.gallery],
        *[_video(one, origin) for one in sheet.videos],
        _list(_("Tài liệu kèm"), [_attachment(one, origin) for one in sheet.attachments]),
        _list(_("Văn bản được dẫn"), [_document(one) for one in sheet.documents]),
        _source(sheet),
        _contact(sheet),
    ]


def _warning(sheet: Sheet) -> str:
    if sheet.organization.suspended_at is None:
        return ""
    return (
        "**"
        + _("Tổ chức này đang bị tạm ngưng trên cổng. Bài vẫn được giữ để tra cứu; xin kiểm tra kỹ trước khi dùng.")
        + "**"
    )


def _line(line: dict[str, str]) -> str:
    return markdown.link(markdown.escape(line["text"]), line["to"]) if line["to"] else markdown.escape(line["text"])


def _picture(picture: dict[str, Any], sheet: Sheet, origin: str) -> str:
    alt, caption = markdown.escape(picture.get("alt", "")), markdown.escape(picture.get("caption", ""))
    credit = markdown.escape(texts.credit(picture, sheet.picture_credit, sheet.sender))
    made = f"**{_('Ảnh tạo bằng AI')}**" if picture.get("is_ai") else ""
    said = [made, caption, _("Nguồn ảnh: %(credit)s") % {"credit": credit}, picture.get("licence") or ""]
    return "!" + markdown.link(alt, origin + picture["url"]) + "\n\n" + " · ".join(filter(None, said))


def _video(video: dict[str, Any], origin: str) -> str:
    player = _PAGES.get(str(video.get("provider") or ""), "")
    url = player + str(video.get("id")) if player else origin + str(video.get("url", ""))
    return _("Video:") + " " + markdown.link(markdown.escape(video.get("title") or url), url)


def _attachment(attachment: dict[str, Any], origin: str) -> str:
    url = origin + str(attachment.get("url", ""))
    return markdown.link(markdown.escape(attachment.get("title") or attachment.get("name") or url), url)


def _document(cited: dict[str, Any]) -> str:
    words = [cited.get("number"), cited.get("title"), cited.get("issuer"), cited.get("date")]
    said = ", ".join(markdown.escape(str(word)) for word in words if word)
    return markdown.link(said, cited["url"]) if cited.get("url") else said


def _list(title: str, items: list[str]) -> str:
    return f"## {title}\n\n" + "\n".join(f"- {item}" for item in items) if items else ""


def _source(sheet: Sheet) -> str:
    if not sheet.source_url:
        return ""
    return _("Nguồn:") + " " + markdown.link(markdown.escape(sheet.source_name or sheet.source_url), sheet.source_url)


def _contact(sheet: Sheet) -> str:
    lines = [markdown.escape(line) for line in sheet.contact.splitlines() if line.strip()]
    return f"## {_('Liên hệ báo chí')}\n\n" + "\\\n".join(lines) if lines else ""
