"""Questions about releases; each reason is a sentence a page can show."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from loa.lib import html, tokens
from loa.organizations.models import Kind as OrganizationKind
from loa.releases import queries
from loa.releases.models import Kind, Partnership, Release

# What several senders say together.
AGREED = (
    "kind", "language", "headline", "subtitle", "lead", "body_html", "dateline", "source_url", "source_name", "contact",
    "pictures", "videos", "attachments", "quotes", "documents", "facts", "licence",
)  # fmt: skip


def reasons_not_to_submit(release: Release) -> list[str]:
    """What is still missing, in the order of the form; empty when it may go."""
    missing = [
        (
            is_sourced_by_a_stranger(release),
            _("Chỉ ban biên tập của cổng mới đăng tin dẫn nguồn; hãy chọn thể loại khác."),
        ),
        (release.kind == Kind.SOURCED and not release.source_url, _("Tin dẫn nguồn cần địa chỉ bài gốc.")),
        (not release.headline.strip(), _("Hãy viết tiêu đề.")),
        (len(html.to_text(release.body_html).strip()) < 20, _("Hãy viết nội dung (ít nhất vài câu).")),
        (release.section_id is None, _("Hãy chọn chuyên mục.")),
        (not release.contact.strip(), _("Hãy ghi người liên hệ báo chí.")),
        (lacks(release, "alt"), _("Mỗi ảnh cần một câu mô tả cho người không nhìn thấy ảnh.")),
        (lacks(release, "credit"), _("Mỗi ảnh cần ghi nguồn ảnh.")),
    ]
    return [*(sentence for is_missing, sentence in missing if is_missing), *_unanswered(release)]


def _unanswered(release: Release) -> Iterator[str]:
    """What the other senders of a joint release have not said yes to."""
    for partnership in queries.partnerships(release) if release.pk else []:
        name = {"name": partnership.organization.name}
        if partnership.organization.suspended_at is not None:
            yield _("%(name)s đang tạm ngưng nên không cùng đứng tên được; hãy bỏ tên này.") % name
        elif partnership.answered_at is not None and not partnership.is_agreed:
            yield _("%(name)s không đồng ý cùng đứng tên; hãy bỏ tên này hoặc hỏi lại.") % name
        elif not has_agreed(partnership, release):
            yield _("%(name)s chưa xác nhận cùng đứng tên bản này.") % name


def has_agreed(partnership: Partnership, release: Release) -> bool:
    """Whether this organization said yes to the text as it stands."""
    is_yes = partnership.answered_at is not None and partnership.is_agreed
    return is_yes and partnership.text_digest == text_digest(release)


def text_digest(release: Release) -> str:
    """SHA-256 (hex) over what the senders of a joint release agree to: its text, and who stands with them."""
    said = {name: getattr(release, name) for name in AGREED}
    said["partners"] = sorted(release.partnerships.values_list("organization_id", flat=True))
    return tokens.digest(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())


def lacks(release: Release, key: str) -> bool:
    """Whether some picture has nothing written under a key."""
    return any(not str(picture.get(key) or "").strip() for picture in release.pictures)


def is_suspended(release: Release) -> bool:
    """Whether the organization may not act now."""
    return release.organization.suspended_at is not None


def is_sourced_by_a_stranger(release: Release) -> bool:
    """Whether an organization other than the portal's own desk says it carries news from a source."""
    return release.kind == Kind.SOURCED and release.organization.kind != OrganizationKind.PORTAL_DESK
