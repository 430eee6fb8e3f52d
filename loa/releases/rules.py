"""Questions about releases; each reason is a sentence a page can show."""

from django.utils.translation import gettext as _

from loa.lib import html
from loa.releases.models import Release


def reasons_not_to_submit(release: Release) -> list[str]:
    """What is still missing, in the order of the form; empty when it may go."""
    missing = [
        (not release.headline.strip(), _("Hãy viết tiêu đề.")),
        (len(html.to_text(release.body_html).strip()) < 20, _("Hãy viết nội dung (ít nhất vài câu).")),
        (release.section_id is None, _("Hãy chọn chuyên mục.")),
        (not release.contact.strip(), _("Hãy ghi người liên hệ báo chí.")),
        (any(not p.get("alt") for p in release.pictures), _("Mỗi ảnh cần một câu mô tả cho người không nhìn thấy ảnh.")),
        (any(not p.get("credit") for p in release.pictures), _("Mỗi ảnh cần ghi nguồn ảnh.")),
    ]
    return [sentence for is_missing, sentence in missing if is_missing]


def is_suspended(release: Release) -> bool:
    """Whether the organization may not act now."""
    return release.organization.suspended_at is not None
