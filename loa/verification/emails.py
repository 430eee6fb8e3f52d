"""The mails about evidence: a mailbox is asked, and owners hear when something is seen no more."""

from datetime import datetime

from django.utils.translation import gettext as _

from loa.inbox.actions.tell import Happening, tell
from loa.lib import domains
from loa.mail.actions.queue import Mail, queue
from loa.mail.models import Lane
from loa.organizations.models import Role
from loa.ui.language import speaking
from loa.verification.models import Proof
from loa.verification.rules import FILE, line_of


def ask_mailbox(proof: Proof, *, token: str, language: str) -> None:
    """To the mailbox on the domain; whoever reads it needs no account."""
    portal = proof.organization.portal
    with speaking(language) as spoken:
        said = {"name": proof.organization.label(spoken), "domain": domains.shown(proof.domain)}
        subject = _("%(name)s xin xác minh tên miền %(domain)s") % said
        claimed = _(
            "%(who)s xin nhận trang của %(name)s trên cổng. Bấm nút thì người ấy thành chủ tài khoản và đăng được"
            " thông cáo đứng tên %(name)s."
        )
        says = [
            claimed % {**said, "who": proof.begun_by.email}
            if proof.is_claim and proof.begun_by
            else _("%(name)s đăng thông cáo trên cổng và nói rằng tên miền %(domain)s là của mình.") % said,
            _("Nếu đúng, hãy mở trang này và bấm nút (đường dẫn dùng được ba ngày):")
            + f" {portal.link(f'/desk/mailbox/{token}', spoken)}",
            _("Nếu không phải, hãy bỏ qua thư này: không có gì xảy ra."),
        ]
    queue(
        key=f"ask_mailbox:{proof.public_id}:{token[:8]}", to=proof.mailbox, subject=subject,
        text="\n\n".join(says) + "\n", urgent=True,
    )  # fmt: skip


def warn(proof: Proof, *, at: datetime) -> None:
    """To the owners: what was proven was not seen today, and what to do within two days."""
    with speaking(proof.organization.portal.language) as spoken:
        said = {"name": proof.organization.label(spoken), "domain": domains.shown(proof.domain)}
        subject = _("%(domain)s: hôm nay không thấy bằng chứng xác minh") % said
        says = [
            _("Mỗi ngày cổng xem lại bằng chứng xác minh của %(name)s. Hôm nay không còn thấy ở %(domain)s:") % said,
            _what(proof),
            _("Nếu hai ngày nữa vẫn vậy, dấu xác minh trên trang của tổ chức sẽ mất."),
            _page(proof, spoken),
        ]
    _to_owners(proof, "proof_missing", f"warn_proof:{proof.public_id}:{at.date()}", subject=subject, says=says)


def tell_lapsed(proof: Proof, *, has_mark: bool) -> None:
    """To the owners: the proof has lapsed; `has_mark` where another one still holds."""
    with speaking(proof.organization.portal.language) as spoken:
        said = {"name": proof.organization.label(spoken), "domain": domains.shown(proof.domain)}
        subject = _("%(domain)s: bằng chứng xác minh đã hết hiệu lực") % said
        if has_mark:
            what = _("Tổ chức vẫn giữ dấu xác minh nhờ bằng chứng khác.")
        else:
            what = _("Trang của %(name)s không còn dấu xác minh.") % said
        says = [_("Đã mấy ngày không còn thấy ở %(domain)s:") % said, _what(proof), what, _page(proof, spoken)]
    _to_owners(proof, "proof_lapsed", f"tell_lapsed:{proof.public_id}", subject=subject, says=says)


def _what(proof: Proof) -> str:
    if proof.mailbox:
        return _("hộp thư %(mailbox)s (mỗi năm cần xác nhận lại một lần)") % {"mailbox": proof.mailbox}
    if proof.way == "file":
        return f"https://{proof.domain}{FILE}: {line_of(proof)}"
    return f"TXT {proof.domain}: {line_of(proof)}"


def _page(proof: Proof, language: str) -> str:
    organization = proof.organization
    return _("Xem và xác minh lại ở đây:") + (
        f" {organization.portal.link(f'/desk/o/{organization.slug}/verification', language)}"
    )


def _to_owners(proof: Proof, event: str, key: str, *, subject: str, says: list[str]) -> None:
    owners = proof.organization.memberships.filter(role=Role.OWNER).select_related("person")
    for member in owners:
        mail = Mail(
            key=f"{key}:{member.person_id}", to=member.person.email, subject=subject,
            text="\n\n".join(says) + "\n", lane=Lane.ACCOUNT,
        )  # fmt: skip
        what = Happening(
            portal=proof.organization.portal, event=event, names={"domain": domains.shown(proof.domain)},
            path=f"/desk/o/{proof.organization.slug}/verification",
        )  # fmt: skip
        tell(mail, what, person=member.person)
