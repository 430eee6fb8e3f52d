"""The mails that tell an author what readers find now, and those that ask others about a draft."""

from django.utils.translation import gettext as _

from loa.archive.models import CrossListing, Notice
from loa.archive.queries import address
from loa.inbox.actions import tell as inbox
from loa.inbox.actions.tell import Happening
from loa.inbox.rules import sentence
from loa.lib import languages
from loa.mail.actions.queue import Mail, queue, queue_all
from loa.mail.models import Lane
from loa.organizations.models import Membership, Role
from loa.releases.models import Approval, Confirmation, EarlyReader, Partnership, Release
from loa.releases.queries import mailed_link, may_write, of_entry
from loa.releases.rules import in_words, payer_of
from loa.ui.language import speaking


def tell(notice: Notice, release: Release) -> None:
    """Written in the language of the release; the key makes a second run do nothing."""
    if release.author is None:
        return
    is_withdrawal = notice.kind == Notice.Kind.WITHDRAWN
    with speaking(release.language) as spoken:
        subject = _subject(notice, spoken)
    # A translation's mail leads to the translation; the entry is told of as a whole otherwise.
    path = address(notice.entry, notice.version if notice.version.translates_id else None)
    # Whoever withdrew it, the author reads what readers find there now.
    why = [notice.entry.statement] if is_withdrawal else []
    mail = Mail(
        key=f"author:{notice.id}", to=release.author.email, subject=subject,
        text="\n\n".join([subject, *why, notice.entry.portal.link(path)]) + "\n",
        cancel_key="" if is_withdrawal else f"entry:{notice.entry.public_id}",
    )  # fmt: skip
    what = Happening(
        portal=notice.entry.portal, event=str(notice.kind), title=notice.version.headline,
        language=notice.version.language, said=why[0] if why else "", path=f"/desk/releases/{release.public_id}",
    )  # fmt: skip
    inbox.tell(mail, what, person=release.author)


def _subject(notice: Notice, language: str) -> str:
    said = {
        Notice.Kind.TRANSLATED: _("Đã đăng bản dịch %(language)s: %(headline)s"),
        Notice.Kind.PUBLISHED: _("Đã đăng: %(headline)s"),
        Notice.Kind.CORRECTED: _("Đã đính chính: %(headline)s"),
        Notice.Kind.WITHDRAWN: _("Đã rút: %(headline)s"),
        Notice.Kind.RESTORED: _("Đã đăng lại: %(headline)s"),
    }
    return said[Notice.Kind(notice.kind)] % {
        "headline": notice.version.headline,
        "language": languages.name(notice.version.language, language),
    }


def tell_held(release: Release) -> None:
    """To its author, its sender and the owners of whoever sends and pays: it was due and is not out.

    None of its text is in it.
    """
    portal, at = release.organization.portal, release.publish_at
    owners = Membership.objects.filter(
        organization__in=[release.organization_id, payer_of(release).pk], role=Role.OWNER
    )
    people = {member.person.email for member in owners.select_related("person")}
    people |= {one.email for one in (release.author, release.sent_by) if one is not None and may_write(one, release)}
    for email in sorted(people):
        with speaking(release.language) as spoken:
            subject = _("Tới giờ mà thông cáo chưa đăng được")
            why = _("Thông cáo của %(name)s tới giờ đăng nhưng không lên trang được: %(why)s.") % {
                "name": release.organization.name, "why": release.get_held_for_display(),
            }  # fmt: skip
            says = [why, in_words(release, spoken), _("Chưa ai đọc được. Xem và đăng lại ở đây:")]
            link = portal.link(f"/desk/releases/{release.public_id}", spoken)
        text = "\n\n".join([*(line for line in says if line), link]) + "\n"
        key = f"held:{release.public_id}:{at}:{email}"
        mail = Mail(key=key, to=email, subject=subject, text=text, lane=Lane.ACCOUNT)
        inbox.tell(mail, _about(release, "held", name=release.organization.name))


def _about(release: Release, event: str, *, path: str = "", said: str = "", **names: str) -> Happening:
    """What the inbox says of something about a draft: none of its text, for not all who are told may read it later."""
    return Happening(
        portal=release.organization.portal, event=event, names=names, said=said,
        language=release.language if said else "", path=path or f"/desk/releases/{release.public_id}",
    )  # fmt: skip


def ask(partnership: Partnership) -> None:
    """To each owner of the asked organization, in the language of the release; no text of the draft is in the mail."""
    release, asked_at = partnership.release, partnership.asked_at
    portal = release.organization.portal
    sender = {"name": release.organization.name, "partner": partnership.organization.name}
    for member in partnership.organization.memberships.filter(role=Role.OWNER).select_related("person"):
        path = f"/desk/partner/{partnership.public_id}?link={mailed_link(partnership, member.person)}"
        with speaking(release.language) as spoken:
            says = [
                _("%(name)s muốn phát hành một thông cáo cùng %(partner)s.") % sender,
                _("Đọc bản thảo và trả lời bằng một nút ở đây (trong 14 ngày):") + f" {portal.link(path, spoken)}",
                _("Thông cáo chỉ được đăng khi tổ chức của bạn đồng ý. Đừng chuyển thư này cho người ngoài tổ chức."),
            ]
            subject = _("%(name)s mời cùng phát hành thông cáo") % sender
        mail = Mail(
            key=f"partner:{partnership.public_id}:{member.pk}:{asked_at:%Y%m%d%H%M%S%f}", to=member.person.email,
            subject=subject, text="\n\n".join(says) + "\n",
        )  # fmt: skip
        about = _about(release, "partner_asked", path=f"/desk/partner/{partnership.public_id}", **sender)
        inbox.tell(mail, about, person=member.person)


def ask_approval(approval: Approval, *, token: str) -> None:
    """To whom was asked, in the language of the release; no text of the draft is in the mail.

    Who has no account gets the link that opens the page; a member signs in.
    """
    release, names = approval.release, {"name": approval.release.organization.name, "who": str(approval.asked_by or "")}
    path = f"/approve?link={token}" if token else f"/desk/approvals/{approval.public_id}"
    with speaking(release.language) as spoken:
        subject = _("%(name)s nhờ duyệt một thông cáo") % names
        says = [
            _("%(who)s nhờ bạn duyệt một thông cáo của %(name)s trước khi gửi đăng.") % names,
            _("Đọc đúng bản sẽ gửi, duyệt hoặc ghi điều cần sửa bằng một nút ở đây:")
            + f" {release.organization.portal.link(path, spoken)}",
            _("Đây là bản chưa công bố. Đừng chuyển thư này cho ai."),
        ]
    key = f"approval:{approval.public_id}:{approval.asked_at:%Y%m%d%H%M%S%f}"
    mail = Mail(key=key, to=approval.email, subject=subject, text="\n\n".join(says) + "\n", lane=Lane.ACCOUNT)
    if token:
        queue_all([mail])  # the link in it is the key: no inbox keeps it
    else:
        inbox.tell(mail, _about(release, "approval_asked", path=path, **names))


def let_read_early(reader: EarlyReader, *, token: str) -> None:
    """To a named reader, in the language of the release; no text of the release is in the mail."""
    release = reader.release
    portal, names = release.organization.portal, {"name": release.organization.name, "who": reader.name}
    with speaking(release.language) as spoken:
        subject = _("%(name)s mời đọc trước một thông cáo") % names
        until = f" {in_words(release, spoken)}."
        link = f" {portal.link(f'/early?link={token}', spoken)}"
        says = [
            _("Kính gửi %(who)s,") % names,
            _("%(name)s mời bạn đọc trước một thông cáo. Cấm phát hành trước:") % names + until,
            _("Đọc điều kiện rồi mở bằng một nút ở đây:") + link,
            _("Liên kết chỉ dành cho bạn; mỗi lần mở đều được ghi lại và bản đọc mang tên bạn. Đừng chuyển cho ai."),
        ]
    key = f"early:{reader.public_id}:{reader.invited_at:%Y%m%d%H%M%S%f}"
    queue(
        key=key, to=reader.email, subject=subject, text="\n\n".join(says) + "\n", urgent=True,
        cancel_key=f"early:{reader.public_id}",
    )  # fmt: skip


def tell_approval(approval: Approval) -> None:
    """To the author and to whoever asked, while they may see the text: it is approved, or what should be changed."""
    release = approval.release
    name = {"name": approval.name}
    with speaking(release.language) as spoken:
        link = release.organization.portal.link(f"/desk/releases/{release.public_id}", spoken)
        said = _("%(name)s đã duyệt thông cáo") if approval.is_approved else _("%(name)s muốn sửa thông cáo")
    subject, wish = said % name, [approval.wish] if approval.wish else []
    told = [one for one in (release.author, approval.asked_by) if one is not None and may_write(one, release)]
    for email in sorted({one.email for one in told} - {approval.email}):
        key = f"approval-answer:{approval.public_id}:{approval.answered_at:%Y%m%d%H%M%S%f}:{email}"
        mail = Mail(key=key, to=email, subject=subject, text="\n\n".join([subject, *wish, link]) + "\n")
        event = "approved" if approval.is_approved else "approval_wish"
        inbox.tell(mail, _about(release, event, said=approval.wish, **name))


def tell_answer(partnership: Partnership) -> None:
    """To the author: whether the other organization stands behind the text."""
    release = partnership.release
    if release.author is None:
        return
    name = {"name": partnership.organization.name}
    with speaking(release.language) as spoken:
        link = release.organization.portal.link(f"/desk/releases/{release.public_id}", spoken)
        said = _("%(name)s đồng ý cùng phát hành") if partnership.is_agreed else _("%(name)s từ chối cùng phát hành")
    subject = said % name
    key = f"partner-answer:{partnership.public_id}:{partnership.answered_at:%Y%m%d%H%M%S%f}"
    mail = Mail(key=key, to=release.author.email, subject=subject, text=f"{subject}\n\n{link}\n")
    event = "partner_agreed" if partnership.is_agreed else "partner_refused"
    inbox.tell(mail, _about(release, event, **name), person=release.author)


def tell_listing(listing: CrossListing) -> None:
    """To the author and the owners of who sends: what an editor of a sister decided about its lists."""
    release = of_entry(listing.entry_id)
    if release is None:
        return
    owners = Membership.objects.filter(organization=release.organization_id, role=Role.OWNER).select_related("person")
    people = {member.person.pk: member.person for member in owners}
    if release.author is not None and may_write(release.author, release):
        people[release.author.pk] = release.author
    sister, event = {"name": listing.portal.name}, f"listing_{listing.state}"
    said = listing.entry.current  # None once it is withdrawn
    title, language = (said.headline, said.language) if said else ("", "")
    path = f"/desk/releases/{release.public_id}/sisters"
    with speaking(release.language) as spoken:
        subject = sentence(event, sister)
        text = "\n\n".join([subject, *filter(None, [title]), release.organization.portal.link(path, spoken)]) + "\n"
    what = Happening(
        portal=release.organization.portal, event=event, names=sister, title=title, language=language, path=path
    )
    for person in people.values():
        key = f"{event}:{listing.pk}:{listing.decided_at:%Y%m%d%H%M%S%f}:{person.pk}"
        inbox.tell(Mail(key=key, to=person.email, subject=subject, text=text), what, person=person)


def ask_to_confirm(confirmation: Confirmation) -> None:
    """To each owner of the organization, in the language of the release; no text of the draft is in the mail."""
    release = confirmation.release
    portal = release.organization.portal
    names = {"name": release.organization.name, "portal": portal.name}
    for member in release.organization.memberships.filter(role=Role.OWNER).select_related("person"):
        path = f"/desk/confirm/{confirmation.public_id}?link={mailed_link(confirmation, member.person)}"
        with speaking(release.language) as spoken:
            says = [
                _("Ban biên tập %(portal)s đã viết một thông cáo cho %(name)s.") % names,
                _("Đọc đúng bản sẽ đăng và xác nhận bằng một nút ở đây (trong 14 ngày):")
                + f" {portal.link(path, spoken)}",
                _("Chưa có xác nhận thì thông cáo không được đăng. Đừng chuyển thư này cho người ngoài tổ chức."),
            ]
            subject = _("Mời %(name)s xác nhận thông cáo") % names
        mail = Mail(
            key=f"confirm:{confirmation.public_id}:{member.pk}:{confirmation.asked_at:%Y%m%d%H%M%S%f}",
            to=member.person.email, subject=subject, text="\n\n".join(says) + "\n",
        )  # fmt: skip
        where = f"/desk/confirm/{confirmation.public_id}"
        about = _about(release, "confirm_asked", path=where, name=release.organization.name)
        inbox.tell(mail, about, person=member.person)


def tell_confirmation(confirmation: Confirmation) -> None:
    """To the editor who wrote it: whether the organization stands behind the text, or what it wants changed."""
    release = confirmation.release
    if release.author is None:
        return
    name = {"name": release.organization.name}
    with speaking(release.organization.portal.language) as spoken:
        link = release.organization.portal.link(f"/desk/releases/{release.public_id}", spoken)
        said = _("%(name)s đã xác nhận thông cáo") if confirmation.is_confirmed else _("%(name)s muốn sửa thông cáo")
    subject = said % name
    key = f"confirm-answer:{confirmation.public_id}:{confirmation.answered_at:%Y%m%d%H%M%S%f}"
    wish = [confirmation.wish] if confirmation.wish else []
    mail = Mail(key=key, to=release.author.email, subject=subject, text="\n\n".join([subject, *wish, link]) + "\n")
    event = "confirmed" if confirmation.is_confirmed else "confirm_wish"
    inbox.tell(mail, _about(release, event, said=confirmation.wish, **name), person=release.author)
