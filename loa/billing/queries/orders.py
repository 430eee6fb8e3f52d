"""Reads of orders, and who may see them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from loa.accounts.models import Person
from loa.billing.models import Buyer, Order, Seller
from loa.billing.rules.matching import Due
from loa.billing.states import LIVE
from loa.lib import clock
from loa.organizations.models import Membership, Organization, Role
from loa.portals.models import Portal


def get_for_owner(person: Person, slug: str, *, portal_id: int) -> Organization | None:
    """An organization this person owns, or None for “is not” and “not for you” alike."""
    owned = Membership.objects.filter(person=person, role=Role.OWNER).values("organization")
    rows = Organization.objects.select_related("portal").filter(pk__in=owned, slug=slug, portal_id=portal_id)
    return rows.first()


def of(organization: Organization) -> QuerySet[Order]:
    """An organization's orders, the newest first."""
    return Order.objects.filter(organization=organization).select_related("plan").order_by("-ordered_at", "-pk")


def get_of(organization: Organization, code: str) -> Order | None:
    """One order of an organization."""
    return of(organization).select_related("portal", "seller", "organization").filter(code=code).first()


def in_portal(portal: Portal) -> QuerySet[Order]:
    """Every order on a portal, the newest first."""
    rows = Order.objects.filter(portal=portal).select_related("plan", "organization", "portal", "seller")
    return rows.order_by("-ordered_at", "-pk")


def found(portal: Portal, words: str) -> QuerySet[Order]:
    """Orders whose code, organization or buyer holds the words."""
    named = Q(code__icontains=words) | Q(organization__name__icontains=words) | Q(buyer_name__icontains=words)
    return in_portal(portal).filter(named)


def live(portal: Portal) -> list[Due]:
    """What every order that waits for money still misses."""
    return dues(Order.objects.filter(portal=portal, state__in=LIVE))


def dues(orders: Iterable[Order]) -> list[Due]:
    """Orders as matching sees them."""
    return [Due(order.code, order.missing) for order in orders if order.missing > 0]


def seller(portal: Portal, at: datetime | None = None) -> Seller | None:
    """Who sells at a moment (UTC)."""
    rows = Seller.objects.filter(portal=portal, valid_from__lte=at or clock.now()).select_related("portal")
    return rows.order_by("-valid_from", "-pk").first()


def sellers(portal: Portal) -> QuerySet[Seller]:
    """Every row of the seller, the newest first."""
    return Seller.objects.filter(portal=portal).order_by("-valid_from", "-pk")


def has_account(portal: Portal, account: str) -> bool:
    """Whether an account is or was this portal's seller's."""
    return Seller.objects.filter(portal=portal, account=account).exists()


def buyer(organization: Organization) -> Buyer | None:
    """What stood on this organization's last order."""
    return Buyer.objects.filter(organization=organization).first()
