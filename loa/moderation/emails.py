"""The mail about a release that needs changes."""

from django.utils.translation import gettext as _

from loa.mail.actions.queue import queue
from loa.releases.models import Release
from loa.ui.language import speaking


def send_back(release: Release) -> None:
    """Tell the author why, in the language of the release; no text of the draft is in the mail."""
    if release.author is None:
        return
    with speaking(release.language) as spoken:
        link = release.organization.portal.link(f"/desk/releases/{release.public_id}", spoken)
        subject = _("Thông cáo của bạn cần sửa")
        says = [_("Biên tập viên viết:"), release.sent_back_reason, _("Mở bản nháp:") + f" {link}"]
    queue(
        key=f"send_back:{release.public_id}:{release.submitted_at}", to=release.author.email, subject=subject,
        text="\n\n".join(says) + "\n",
    )  # fmt: skip
