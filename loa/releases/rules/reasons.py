"""What is still missing before a release may go; each reason is a sentence a page can show."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from loa.lib import clock, html
from loa.organizations.models import Kind as OrganizationKind
from loa.releases import queries
from loa.releases.models import Kind, Release
from loa.releases.rules.answers import counts, has_agreed, has_approved, is_confirmed
from loa.releases.rules.facts import about_facts, moment


class Lack(str):
    """What is missing, as a sentence, and the field of the release that would mend it."""

    field: str

    def __new__(cls, field: str, sentence: str) -> "Lack":
        """Keep both."""
        lack = super().__new__(cls, sentence)
        lack.field = field
        return lack


def reasons_not_to_submit(release: Release) -> list[str]:
    """What is still missing, in the order of the form; empty when it may go."""
    unconfirmed = [] if is_confirmed(release) else [_("Tổ chức chưa xác nhận đúng bản này.")]
    return [*reasons_not_to_ask(release), *unconfirmed, *_unapproved(release)]


def reasons_not_to_ask(release: Release) -> list[str]:
    """The same, but for the word of an owner for whom it was written."""
    missing = [
        (
            is_sourced_by_a_stranger(release),
            _("Chỉ ban biên tập của cổng mới đăng tin dẫn nguồn; hãy chọn thể loại khác."),
        ),
        (
            release.kind == Kind.SOURCED and not release.source_url,
            Lack("source_url", _("Tin dẫn nguồn cần địa chỉ bài gốc.")),
        ),
        (not release.headline.strip(), Lack("headline", _("Hãy viết tiêu đề."))),
        (
            len(html.to_text(release.body_html).strip()) < 20,
            Lack("body_html", _("Hãy viết nội dung (ít nhất vài câu).")),
        ),
        (release.section_id is None, Lack("section", _("Hãy chọn chuyên mục."))),
        (not release.contact.strip(), Lack("contact", _("Hãy ghi người liên hệ báo chí."))),
        (lacks(release, "alt"), Lack("pictures", _("Mỗi ảnh cần một câu mô tả cho người không nhìn thấy ảnh."))),
        (lacks(release, "credit"), Lack("pictures", _("Mỗi ảnh cần ghi nguồn ảnh."))),
    ]
    missing += about_facts(release.kind, release.facts)
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


def _unapproved(release: Release) -> Iterator[str]:
    """Who was asked and has not approved the text as it stands; and that nobody has where somebody must."""
    if not release.pk or release.entry_id is not None:
        return
    rows = list(queries.approvals(release))
    for approval in rows:
        name = {"name": approval.name}
        if has_approved(approval, release):
            continue
        if approval.answered_at is None:
            yield _("%(name)s chưa trả lời về bản này; hãy chờ, hoặc bỏ tên nếu không cần nữa.") % name
        elif approval.is_approved:
            yield _("%(name)s đã duyệt bản trước khi sửa; hãy hỏi lại.") % name
        else:
            yield _("%(name)s muốn sửa; hãy sửa rồi hỏi lại, hoặc bỏ tên.") % name
    is_asked_for = release.organization.needs_approval and not release.is_by_desk  # then its owner confirms it
    if is_asked_for and not any(counts(approval, release) for approval in rows):
        yield _("Tổ chức yêu cầu một người khác người viết duyệt đúng bản này trước khi gửi.")


def warnings(release: Release) -> list[str]:
    """What may be right, and is said all the same."""
    end = moment(release.facts.get("ends_at") or release.facts.get("starts_at"))
    is_over = release.kind == Kind.EVENT and end is not None and end < clock.now()
    return [_("Ngày giờ của sự kiện đã qua. Nếu đúng như vậy thì cứ đăng.")] if is_over else []


def lacks(release: Release, key: str) -> bool:
    """Whether some picture has nothing written under a key."""
    return any(not str(picture.get(key) or "").strip() for picture in release.pictures)


def is_sourced_by_a_stranger(release: Release) -> bool:
    """Whether an organization other than the portal's own desk says it carries news from a source."""
    return release.kind == Kind.SOURCED and release.organization.kind != OrganizationKind.PORTAL_DESK
