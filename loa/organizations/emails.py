"""The mail that asks a colleague to join."""

from django.utils.translation import gettext as _

from loa.mail.actions.queue import queue
from loa.organizations.models import Invitation
from loa.ui.language import speaking


def invite(invitation: Invitation, *, to: str, token: str, language: str) -> None:
    """Written in the language of the page it was sent from, and leading to the same page of that language."""
    organization = invitation.organization
    with speaking(language):
        name = (organization.name_en if language != "vi" else "") or organization.name
        says = [
            _("%(name)s mời bạn cùng viết thông cáo trên cổng.") % {"name": name},
            _("Mở trang này và bấm nút để nhận lời:") + f" {organization.portal.link(f'/desk/join/{token}', language)}",
            _("Nếu bạn không chờ lời mời này, hãy bỏ qua thư."),
        ]
        subject = _("Lời mời của %(name)s") % {"name": name}
    queue(key=f"invite:{invitation.public_id}", to=to, subject=subject, text="\n\n".join(says) + "\n")
