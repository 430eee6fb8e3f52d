"""The mails that ask a colleague to join or an agency to agree, and those that tell owners what changed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from loa.accounts.models import Person, Recovery
from loa.inbox.actions.tell import Happening, tell
from loa.lib import clock
from loa.lib.dates import moment_in_words
from loa.mail.actions.queue import Mail
from loa.mail.models import Lane
from loa.organizations.models import Invitation, Mandate, Organization, Role
from loa.ui.language import speaking


def invite(invitation: Invitation, *, to: str, token: str, language: str) -> None:
    """Written in the language of the page it was sent from, and leading to the same page of that language."""
    organization = invitation.organization
    with speaking(language):
        name = organization.label(language)
        says = [
            _("%(name)s mời bạn cùng viết thông cáo trên cổng.") % {"name": name},
            _("Mở trang này và bấm nút để nhận lời:") + f" {organization.portal.link(f'/desk/join/{token}', language)}",
            _("Nếu bạn không chờ lời mời này, hãy bỏ qua thư."),
        ]
        subject = _("Lời mời của %(name)s") % {"name": name}
    mail = Mail(key=f"invite:{invitation.public_id}", to=to, subject=subject, text="\n\n".join(says) + "\n")
    tell(mail, Happening(portal=organization.portal, event="invited", names={"name": name}))


def ask_mandate(mandate: Mandate, *, language: str) -> None:
    """To the owners of the side that has not agreed; the page they are led to asks who they are."""
    is_from_client = mandate.client_agreed_at is not None
    asked = mandate.agency if is_from_client else mandate.client
    with speaking(language) as spoken:
        names = {"client": mandate.client.label(spoken), "agency": mandate.agency.label(spoken)}
        if is_from_client:
            subject = _("%(client)s nhờ %(agency)s viết thông cáo") % names
        else:
            subject = _("%(agency)s xin viết thông cáo cho %(client)s") % names
        says = [
            subject + ".",
            _("Thông cáo đứng tên %(client)s và tính vào gói của %(agency)s. Hai bên dừng lúc nào cũng được.") % names,
            _("Xem và trả lời ở đây:") + f" {asked.portal.link(f'/desk/o/{asked.slug}/agencies', spoken)}",
        ]
    for member in asked.memberships.filter(role=Role.OWNER).select_related("person"):
        key = f"mandate:{mandate.public_id}:{member.person_id}"
        mail = Mail(key=key, to=member.person.email, subject=subject, text="\n\n".join(says) + "\n")
        path = f"/desk/o/{asked.slug}/agencies"
        tell(mail, Happening(portal=asked.portal, event="mandate_asked", names=names, path=path), person=member.person)


def recovered(row: Recovery, organization: Organization, *, to: Person) -> None:
    """To another owner, in the portal's language: who, until when nothing goes out in their hand, what to do."""
    portal = organization.portal
    with speaking(portal.language) as spoken:
        said = {
            "who": str(row.person), "email": row.person.email, "name": organization.label(spoken),
            "until": moment_in_words(row.until, portal.time_zone, spoken),
        }  # fmt: skip
        subject = _("Tài khoản của %(who)s vừa được khôi phục") % said
        says = [
            _("Tài khoản %(email)s, thành viên của %(name)s, vừa được vào lại theo lối mất mật khẩu hay thiết bị.")
            % said,
            _("Tới %(until)s tài khoản ấy chưa đăng, sửa hay rút được gì.") % said,
            _("Hãy hỏi lại người ấy, không qua thư này. Nếu không phải họ, hãy báo ban biên tập:")
            + f" {portal.link('/contact', spoken)}",
        ]
    key = f"recovery:{row.pk}:{organization.pk}:{to.pk}"
    mail = Mail(key=key, to=to.email, subject=subject, text="\n\n".join(says) + "\n", lane=Lane.ACCOUNT)
    names, path = {name: said[name] for name in ("who", "name")}, f"/desk/o/{organization.slug}/members"
    tell(mail, Happening(portal=portal, event="recovered", names=names, path=path), person=to)


def tell_change(organization: Organization, people: Iterable[Person], *, change: str, whom: str) -> None:
    """To those who own it (the one who made the change too): who belongs to it, or that it is closed.

    `change` is the act: hand_on, remove_member, appoint, close.
    """
    with speaking(organization.portal.language) as spoken:
        said = {"name": organization.label(spoken), "whom": whom}
        words = {
            "hand_on": _("%(whom)s nay là chủ tài khoản của %(name)s.") % said,
            "remove_member": _("%(whom)s không còn thuộc %(name)s.") % said,
            "appoint": _("Ban biên tập đã giao %(name)s cho %(whom)s.") % said,
            "close": _("%(whom)s đã đóng tài khoản của %(name)s.") % said,
        }[change]
        says = [
            words,
            _("Nếu bạn không chờ đợi điều này, hãy viết ngay cho ban biên tập:")
            + f" {organization.portal.link('/contact', spoken)}",
        ]
    moment = clock.now().isoformat()
    for person in people:
        key = f"tell_change:{organization.pk}:{change}:{moment}:{person.pk}"
        mail = Mail(key=key, to=person.email, subject=words, text="\n\n".join(says) + "\n", lane=Lane.ACCOUNT)
        tell(mail, Happening(portal=organization.portal, event=change, names=said), person=person)
