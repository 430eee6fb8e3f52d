"""Questions of the desk."""

from django.utils.translation import gettext_lazy as _

from loa.archive.models import Licence
from loa.releases.models import Kind, Release

# What a moderator reads in front of each field that changed, in the order of the form.
FIELDS = {
    "kind": _("Thể loại"), "section": _("Chuyên mục"), "headline": _("Tiêu đề"), "subtitle": _("Phụ đề"),
    "lead": _("Đoạn mở đầu"), "dateline": _("Nơi và ngày"), "body": _("Nội dung"), "links": _("Liên kết trong bài"),
    "quotes": _("Trích lời"), "pictures": _("Ảnh"), "picture_credit": _("Nguồn ảnh"), "videos": _("Video"),
    "attachments": _("Tệp kèm theo"), "documents": _("Văn bản dẫn"), "facts": _("Thông tin riêng của thể loại"),
    "source_name": _("Nguồn"), "source_url": _("Địa chỉ bài gốc"), "contact": _("Liên hệ báo chí"),
    "place": _("Địa phương"), "topics": _("Chủ đề"), "licence": _("Giấy phép"),
}  # fmt: skip
_NAMES = {"kind": dict(Kind.choices), "licence": dict(Licence.choices)}


def said(name: str, value: str) -> str:
    """What a field says to a person: a choice by its name, everything else as it is."""
    return str(_NAMES[name].get(value, value)) if name in _NAMES else value


def needs_call(release: Release) -> bool:
    """Whether somebody speaks to the sender on the telephone before this, its first release, goes out."""
    return release.organization.portal.calls_first and release.organization.approved_at is None
