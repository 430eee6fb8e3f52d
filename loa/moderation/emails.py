"""The mails of the desk: a release needs changes, and what somebody named in one is told."""

from django.utils.translation import gettext as _

from loa.accounts.models import Person
from loa.archive import queries as archive
from loa.inbox.actions.tell import Happening, note, tell
from loa.mail.actions.queue import Mail, queue
from loa.mail.models import Lane
from loa.moderation.models import Report
from loa.organizations.models import Role
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
    mail = Mail(
        key=f"send_back:{release.public_id}:{release.submitted_at}", to=release.author.email, subject=subject,
        text="\n\n".join(says) + "\n",
    )  # fmt: skip
    what = Happening(
        portal=release.organization.portal, event="sent_back", title=release.headline, language=release.language,
        said=release.sent_back_reason, path=f"/desk/releases/{release.public_id}",
    )  # fmt: skip
    tell(mail, what, person=release.author)


def note_scheduled(release: Release) -> None:
    """To the author's inbox: the desk let it out, and it waits for its time; no mail goes."""
    if release.author is not None:
        what = Happening(
            portal=release.organization.portal, event="scheduled", title=release.headline, language=release.language,
            path=f"/desk/releases/{release.public_id}",
        )  # fmt: skip
        note(release.author, what, key=f"scheduled:{release.public_id}:{release.publish_at}")


def answer_named(report: Report, *, outcome: str, answer: str) -> None:
    """To whoever is named: yes or no, and why, in the language of the entry."""
    entry = report.entry
    with speaking(_language(report)):
        subject = _("Về lời bạn gửi ban biên tập %(portal)s") % {"portal": entry.portal.name}
        if outcome == Report.Outcome.REFUSED:
            what = _("Ban biên tập không làm theo lời bạn, vì:")
        elif report.kind == Report.Kind.REPLY:
            what = _("Lời phản hồi của bạn đã đứng dưới bài. Ban biên tập viết:")
        else:
            what = _("Ban biên tập đã yêu cầu bên phát hành đính chính. Ban biên tập viết:")
        says = [what, answer, _("Bài ấy ở đây:") + f" {entry.portal.address}{archive.address(entry)}"]
    queue(
        key=f"answer_named:{report.public_id}", to=report.email, subject=subject, text="\n\n".join(says) + "\n",
        urgent=True,
    )  # fmt: skip


def ask_correction(report: Report, *, answer: str) -> None:
    """To the owners of the sender: somebody named in their release asks for a correction, and the desk agrees."""
    entry = report.entry
    with speaking(_language(report)):
        subject = _("Cần đính chính một thông cáo của bạn")
        says = [
            _("%(name)s, được nêu tên trong bài dưới đây, xin đính chính, và ban biên tập đồng ý:")
            % {"name": report.name},
            report.reason, _("Ban biên tập viết:"), answer,
            f"{entry.portal.address}{archive.address(entry)}",
            _("Hãy mở thông cáo trên bàn viết và bấm “Đính chính”."),
        ]  # fmt: skip
    for member in entry.organization.memberships.filter(role=Role.OWNER).select_related("person"):
        mail = Mail(
            key=f"ask_correction:{report.public_id}:{member.person_id}", to=member.person.email, subject=subject,
            text="\n\n".join(says) + "\n", lane=Lane.ACCOUNT,
        )  # fmt: skip
        tell(mail, _about(report, "correction_asked", said=answer), person=member.person)


def note_settled(report: Report) -> None:
    """To the inbox of whoever reported, if they have an account; no mail goes."""
    person = Person.objects.filter(email=report.email.lower()).first() if report.email else None
    if person is not None:
        note(person, _about(report, "report_settled"), key=f"report_settled:{report.public_id}")


def _about(report: Report, event: str, *, said: str = "") -> Happening:
    entry = report.entry
    return Happening(
        portal=entry.portal, event=event, title=entry.current.headline if entry.current else "",
        language=_language(report), said=said, path=archive.address(entry),
    )  # fmt: skip


def _language(report: Report) -> str:
    current = report.entry.current
    return current.language if current is not None else report.entry.portal.language
