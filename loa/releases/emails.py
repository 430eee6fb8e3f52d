"""The mails that tell an author what readers find now."""

from django.utils import translation
from django.utils.translation import gettext as _

from loa.archive.models import Notice
from loa.archive.queries import address
from loa.mail.actions.queue import queue
from loa.releases.models import Release


def tell(notice: Notice, release: Release) -> None:
    """Written in the language of the release; the key makes a second run do nothing."""
    if release.author is None:
        return
    is_withdrawal = notice.kind == Notice.Kind.WITHDRAWN
    with translation.override(release.language):
        subject = _subject(notice)
    # Whoever withdrew it, the author reads what readers find there now.
    why = [notice.entry.statement] if is_withdrawal else []
    queue(
        key=f"author:{notice.id}", to=release.author.email, subject=subject,
        text="\n\n".join([subject, *why, notice.entry.portal.link(address(notice.entry))]) + "\n",
        cancel_key="" if is_withdrawal else f"entry:{notice.entry.public_id}",
    )  # fmt: skip


def _subject(notice: Notice) -> str:
    said = {
        Notice.Kind.PUBLISHED: _("Đã đăng: %(headline)s"),
        Notice.Kind.CORRECTED: _("Đã đính chính: %(headline)s"),
        Notice.Kind.WITHDRAWN: _("Đã rút: %(headline)s"),
        Notice.Kind.RESTORED: _("Đã đăng lại: %(headline)s"),
    }
    return said[Notice.Kind(notice.kind)] % {"headline": notice.version.headline}
