"""The mails about money: what was paid, and what was given back."""

from django.utils.translation import gettext as _

from loa.billing.models import Invoice, Order
from loa.lib import money
from loa.mail.actions.queue import queue
from loa.ui.language import speaking


def receipt(order: Order, invoice: Invoice) -> None:
    """To the buyer's address, once an order is wholly paid; with the invoice's address."""
    with speaking(order.language) as spoken:
        subject = _("Đã nhận thanh toán đơn %(code)s") % {"code": order.code}
        says = [
            _("%(portal)s đã nhận đủ %(amount)s cho đơn %(code)s: %(what)s. Cảm ơn bạn.")
            % {
                "portal": order.portal.name, "amount": money.shown(order.amount, order.currency, spoken),
                "code": order.code, "what": order.what,
            },
            _("Hóa đơn %(number)s:") % {"number": invoice} + f" {_link(invoice, spoken)}",
        ]  # fmt: skip
    _send(order, key=f"receipt:{order.code}", subject=subject, says=says)


def credit_note(order: Order, note: Invoice) -> None:
    """To the buyer's address, when money was sent back."""
    with speaking(order.language) as spoken:
        subject = _("Đã hoàn tiền đơn %(code)s") % {"code": order.code}
        says = [
            _("%(portal)s đã hoàn %(amount)s của đơn %(code)s.")
            % {
                "portal": order.portal.name, "amount": money.shown(-note.total, order.currency, spoken),
                "code": order.code,
            },
            _("Lý do:") + f" {note.data['reason']}",
            _("Hóa đơn điều chỉnh %(number)s:") % {"number": note} + f" {_link(note, spoken)}",
        ]  # fmt: skip
    _send(order, key=f"credit_note:{note.key}"[:200], subject=subject, says=says)


def _link(paper: Invoice, language: str) -> str:
    """To its PDF; whoever is not signed in as an owner is asked to first."""
    return paper.portal.link(f"/desk/o/{paper.organization.slug}/invoices/{paper.public_id}.pdf", language)


def _send(order: Order, *, key: str, subject: str, says: list[str]) -> None:
    queue(key=key, to=order.buyer_email, subject=subject, text="\n\n".join(says) + "\n")
