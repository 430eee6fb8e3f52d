"""Order: an organization's owner says what they want to buy."""

from dataclasses import asdict, dataclass

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.billing.errors import NoSeller, NotForSale, NotOwner, Suspended
from loa.billing.models import Buyer, Order
from loa.billing.queries import orders
from loa.billing.rules import codes
from loa.lib import vietnamese
from loa.organizations.models import Organization
from loa.organizations.queries import is_owner, is_suspended
from loa.plans import queries as plans
from loa.plans.models import Kind

MOST = 100  # single releases in one order


@dataclass(frozen=True)
class Details:
    """What the buyer wants on the invoice; the tax code as `lib.tax_codes` reads it, or empty."""

    legal_name: str
    tax_code: str
    address: str
    email: str


def order(
    person: Person, organization: Organization, *, plan: str, quantity: int, details: Details, language: str, key: str
) -> Order:
    """An open order at the price of this moment, whatever a form said; the same key again answers the same one.

    Raises NotOwner, Suspended, NotForSale, NoSeller.
    """
    if not is_owner(person, organization):
        raise NotOwner
    with transaction.atomic():
        # Two clicks at once would both find no order of this key.
        locked = Organization.objects.select_for_update(of=("self",)).select_related("portal").get(pk=organization.pk)
        found = Order.objects.filter(organization=locked, key=key).first()
        if found is not None:
            return found
        if is_suspended(locked):
            raise Suspended
        made = _made(person, locked, plan, quantity, details)
        made.key, made.language = key, language
        made.save()
        Buyer.objects.update_or_create(organization=locked, defaults=asdict(_kept(details)))
        detail = {"plan": plan, "quantity": made.quantity, "amount": made.amount}
        record(actor(person), act="order", subject=f"order:{made.code}", detail=detail)
    return made


def _made(person: Person, organization: Organization, slug: str, quantity: int, details: Details) -> Order:
    plan = plans.buyable(organization, slug)
    seller = orders.seller(organization.portal)
    if seller is None:
        raise NoSeller
    if plan is None or plan.price < 1 or not 1 <= quantity <= MOST:
        raise NotForSale
    count = quantity if plan.kind == Kind.CREDIT else 1
    kept = _kept(details)
    return Order(
        code=_free_code(), portal=organization.portal, organization=organization, person=person, seller=seller,
        plan=plan, quantity=count, currency=plan.currency, amount=plan.price * count, buyer_name=kept.legal_name,
        buyer_tax_code=kept.tax_code, buyer_address=kept.address, buyer_email=kept.email,
    )  # fmt: skip


def _free_code() -> str:
    return next(code for code in iter(codes.new, "") if not Order.objects.filter(code=code).exists())


def _kept(details: Details) -> Details:
    return Details(**{name: vietnamese.kept(" ".join(value.split())) for name, value in asdict(details).items()})
