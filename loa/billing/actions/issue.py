"""Issue: the next number of the seller's series, and the paper that bears it, in one transaction."""

from datetime import datetime

from loa.billing.models import Counter, Invoice, Order, Paper, Seller
from loa.billing.rules import papers
from loa.lib import clock


def issue_invoice(order: Order, seller: Seller) -> Invoice:
    """The invoice of an order; the caller's transaction holds it together with what it is for. A second is never made.

    The counter stays locked until that transaction ends: whoever is next waits, and where it fails no number is lost.
    """
    key = f"order:{order.code}"
    found = Invoice.objects.filter(key=key).first()
    if found is not None:
        return found
    series, number, at = _next(seller)
    data = papers.invoice_data(order, seller, series, number, at)
    return Invoice.objects.create(
        portal=order.portal, organization=order.organization, order=order, seller=seller, tax_code=seller.tax_code,
        series=series, number=number, currency=order.currency, total=order.amount, issued_at=at, key=key, data=data,
        digest=papers.digest_of(data),
    )  # fmt: skip


def issue_credit_note(original: Invoice, now: Seller, *, amount: int, reason: str, key: str) -> Invoice:
    """The paper that takes `amount` of an invoice back, in the caller's transaction, by who issued the invoice."""
    seller = now if now.tax_code == original.tax_code else original.seller
    series, number, at = _next(seller)
    before = -sum(original.notes.values_list("total", flat=True))
    data = papers.credit_note_data(original, seller, series, number, at, amount, before, reason)
    return Invoice.objects.create(
        portal=original.portal, organization=original.organization, order=original.order, seller=seller,
        paper=Paper.CREDIT_NOTE, original=original, tax_code=seller.tax_code, series=series, number=number,
        currency=original.currency, total=-amount, issued_at=at, key=key, data=data, digest=papers.digest_of(data),
    )  # fmt: skip


def _next(seller: Seller) -> tuple[str, int, datetime]:
    """Series, number and moment; the moment is read under the lock, so that days rise with numbers."""
    series = papers.series_of(seller, clock.now())
    rows = Counter.objects.select_for_update()
    counter, _is_new = rows.get_or_create(portal=seller.portal, tax_code=seller.tax_code, series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return series, counter.last, clock.now()
