"""The mails about a request: is it you, we have it, here is our answer, it is done; and one to the operators."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from loa.accounts import queries as accounts
from loa.lib import dates
from loa.mail.actions.queue import queue
from loa.privacy.models import DataRequest, Step
from loa.privacy.rules import UNCONFIRMED
from loa.ui.language import speaking


def key_of(request: DataRequest) -> str:
    """What all mails about a request are called back and emptied by."""
    return f"privacy:{request.public_id}"


def confirm(request: DataRequest) -> None:
    """Ask whether it was the owner of the address; nothing is done before."""
    portal = request.portal
    with speaking(request.language, portal.spoken) as spoken:
        says = [
            _("Có người, có lẽ là bạn, gửi tới %(name)s yêu cầu sau về dữ liệu cá nhân:") % {"name": portal.name},
            f"{request.get_wish_display()}\n{request.said}".strip(),
            _("Nếu đúng là bạn, hãy mở trang này và bấm nút (trong %(days)d ngày):") % {"days": UNCONFIRMED.days}
            + f" {portal.link(f'/privacy/request/{request.token}', spoken)}",
            _("Nếu không phải bạn, hãy bỏ qua thư này: không có gì được làm, và yêu cầu tự mất đi."),
        ]
        _queue(request, "confirm", _("Xác nhận yêu cầu về dữ liệu của bạn"), says)


def received(request: DataRequest) -> None:
    """The dates by which it is answered and done."""
    portal = request.portal
    with speaking(request.language, portal.spoken) as spoken:
        words = {"answer": _moment(request, "answer_by", spoken), "act": _moment(request, "act_by", spoken)}
        says = [
            _("%(name)s đã nhận yêu cầu của bạn: %(wish)s.") % {"name": portal.name, "wish": _wish(request)},
            _("Chúng tôi trả lời chậm nhất %(answer)s và làm xong chậm nhất %(act)s.") % words,
            _("Mã của yêu cầu: %(code)s") % {"code": request.public_id[:8]},
        ]
        _queue(request, "received", _("Đã nhận yêu cầu về dữ liệu của bạn"), says)


def tell_operators(request: DataRequest) -> None:
    """To those who run the portal, in its language; what was asked stands in the register and not in this mail."""
    portal = request.portal
    with speaking(portal.language, portal.spoken) as spoken:
        words = {"answer": _moment(request, "answer_by", spoken), "act": _moment(request, "act_by", spoken)}
        page = portal.link(f"/operator/data-requests/{request.public_id}", spoken)
        says = [
            _("Có người hỏi về dữ liệu cá nhân của họ: %(wish)s.") % {"wish": _wish(request)},
            _("Phải trả lời chậm nhất %(answer)s và làm xong chậm nhất %(act)s.") % words,
            _("Xem và trả lời ở đây:") + f" {page}",
        ]
        subject = _("Yêu cầu về dữ liệu cá nhân")
    for person in accounts.operators():
        queue(
            key=f"{key_of(request)}:operator:{person.pk}", cancel_key=key_of(request), to=person.email, subject=subject,
            text="\n\n".join(says) + "\n", urgent=True,
        )  # fmt: skip


def answer(request: DataRequest, step: Step) -> None:
    """What the operator wrote, word for word."""
    with speaking(request.language, request.portal.spoken) as spoken:
        says = [
            _("Về yêu cầu của bạn: %(wish)s.") % {"wish": _wish(request)}, step.text,
            _("Chúng tôi làm xong chậm nhất %(act)s.") % {"act": _moment(request, "act_by", spoken)},
        ]  # fmt: skip
        _queue(request, f"answer:{step.pk}", _("Trả lời yêu cầu về dữ liệu của bạn"), says)


def extend(request: DataRequest, step: Step) -> None:
    """Why it takes longer, and until when."""
    with speaking(request.language, request.portal.spoken) as spoken:
        says = [
            _("Yêu cầu của bạn cần thêm thời gian: %(wish)s.") % {"wish": _wish(request)}, step.text,
            _("Hạn mới: chậm nhất %(act)s. Hạn này không lùi thêm nữa.") % {"act": _moment(request, "act_by", spoken)},
        ]  # fmt: skip
        _queue(request, "extend", _("Hạn mới cho yêu cầu về dữ liệu của bạn"), says)


def close(request: DataRequest, step: Step) -> None:
    """What was done, and whom to turn to where somebody disagrees."""
    with speaking(request.language, request.portal.spoken):
        says = [
            f"{_('Về yêu cầu của bạn: %(wish)s.') % {'wish': _wish(request)}} {request.get_outcome_display()}.",
            step.text,
            _("Nếu bạn không đồng ý, hãy trả lời thư này; bạn cũng có thể khiếu nại với cơ quan bảo vệ dữ liệu."),
        ]
        _queue(request, "close", _("Kết quả yêu cầu về dữ liệu của bạn"), says)


def _wish(request: DataRequest) -> str:
    label = str(request.get_wish_display())
    return label[:1].lower() + label[1:]


def _moment(request: DataRequest, name: str, language: str) -> str:
    return dates.moment_in_words(getattr(request, name), request.portal.time_zone, language)


def _queue(request: DataRequest, purpose: str, subject: str, says: Sequence[str]) -> None:
    contact = request.portal.contact_email
    queue(
        key=f"{key_of(request)}:{purpose}", cancel_key=key_of(request), to=request.email,
        subject=f"{subject} · {request.portal.name}", text="\n\n".join(one for one in says if one) + "\n", urgent=True,
        headers={"Reply-To": contact} if contact else None,
    )  # fmt: skip
