"""Questions about releases; each reason is a sentence a page can show."""

from django.utils.translation import gettext as _

from loa.lib import html
from loa.organizations.models import Kind as OrganizationKind
from loa.releases.models import Kind, Release


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
    return [sentence for is_missing, sentence in missing if is_missing]


def lacks(release: Release, key: str) -> bool:
    """Whether some picture has nothing written under a key."""
    return any(not str(picture.get(key) or "").strip() for picture in release.pictures)


def is_suspended(release: Release) -> bool:
    """Whether the organization may not act now."""
    return release.organization.suspended_at is not None


def is_sourced_by_a_stranger(release: Release) -> bool:
    """Whether an organization other than the portal's own desk says it carries news from a source."""
    return release.kind == Kind.SOURCED and release.organization.kind != OrganizationKind.PORTAL_DESK
