"""What readers and journalists will ask for: somebody to call, a credit, words for a picture, a source."""

import re
from collections.abc import Iterator
from html import unescape

from django.utils.translation import gettext as _

from loa.releases.preflight.draft import Draft, Finding, around

_REACHED = re.compile(r"@|(?:\d[\s().-]*){8,}")
_IMAGE = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"')
_STUDY = re.compile(
    r"\btheo (?:một |các |nhiều |những )(?:số )?(?:khảo sát|nghiên cứu|thống kê|báo cáo|chuyên gia)"
    r"(?! (?:của|do|từ|công bố|được)\b)"
    r"|\b(?:a|recent|several|some) (?:stud(?:y|ies)|surveys?|reports?|experts?) (?:show|find|found|say|said|suggest)",
    re.IGNORECASE,
)  # fmt: skip


def check(draft: Draft) -> Iterator[Finding]:
    """What a release may not go without is said elsewhere too; this is where it stands in the text."""
    if not draft.contact.strip():
        yield Finding(
            check="missing", field="contact", is_required=True, what=_("Chưa có người liên hệ báo chí."),
            why=_("Nhà báo muốn hỏi thêm thì không biết gọi ai, và thường bỏ qua tin."),
        )  # fmt: skip
    elif not _REACHED.search(draft.contact):
        yield Finding(
            check="missing", field="contact", excerpt=draft.contact[:160],
            what=_("Liên hệ báo chí chưa có số điện thoại hay thư điện tử."),
            why=_("Có tên mà không có cách gọi thì nhà báo không hỏi được."),
        )  # fmt: skip
    yield from _pictures(draft)
    yield from _sources(draft)


def _pictures(draft: Draft) -> Iterator[Finding]:
    for number, picture in enumerate(draft.pictures, start=1):
        which = str(picture.get("caption") or picture.get("alt") or _("ảnh %(number)s") % {"number": number})
        if not str(picture.get("alt") or "").strip():
            yield Finding(
                check="missing", field="pictures", is_required=True, excerpt=which, what=_("Ảnh chưa có câu mô tả."),
                why=_("Người không nhìn thấy ảnh, và máy tìm kiếm, đọc câu này thay cho ảnh."),
            )  # fmt: skip
        if not str(picture.get("credit") or "").strip():
            yield Finding(
                check="missing", field="pictures", is_required=True, excerpt=which, what=_("Ảnh chưa ghi nguồn."),
                why=_("Báo không dùng được ảnh không biết của ai."),
            )  # fmt: skip
    known = {str(picture.get("url")): picture for picture in draft.pictures}
    for image in _IMAGE.findall(draft.body_html):
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(image)}
        if not said.get("alt", "").strip() and not known.get(said.get("src", ""), {}).get("alt"):
            yield Finding(
                check="missing", field="body_html", excerpt=said.get("src", ""),
                what=_("Ảnh giữa bài chưa có câu mô tả."),
                why=_("Người không nhìn thấy ảnh, và máy tìm kiếm, đọc câu này thay cho ảnh."),
            )  # fmt: skip


def _sources(draft: Draft) -> Iterator[Finding]:
    if draft.kind == "sourced" and not draft.source_url:
        yield Finding(
            check="missing", field="source_url", is_required=True, what=_("Tin dẫn nguồn chưa có địa chỉ bài gốc."),
            why=_("Người đọc phải tới được bài gốc để tự xem."),
        )  # fmt: skip
    for passage in draft.passages:
        match = _STUDY.search(passage.text)
        if match and "<a " not in passage.markup:
            yield Finding(
                check="missing", field=passage.field, excerpt=around(passage.text, match.start(), match.end()),
                what=_("Dẫn khảo sát, nghiên cứu mà không nói của ai."),
                why=_("Hãy ghi tên nơi làm và dẫn liên kết, để người đọc kiểm tra được."),
                ask=_("Nguồn của số liệu"),
            )  # fmt: skip
