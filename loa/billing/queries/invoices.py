"""Reads of the papers."""

from datetime import datetime

from django.db.models import QuerySet, Sum

from loa.billing.models import Invoice
from loa.organizations.models import Organization
from loa.portals.models import Portal


def of(organization: Organization) -> QuerySet[Invoice]:
    """An organization's invoices and credit notes, the newest first."""
    rows = Invoice.objects.filter(organization=organization).select_related("order", "order__plan", "original")
    return rows.order_by("-issued_at", "-pk")


def in_portal(portal: Portal) -> QuerySet[Invoice]:
    """Every invoice and credit note of a portal, the newest first."""
    rows = Invoice.objects.filter(portal=portal).select_related("order", "organization", "original")
    return rows.order_by("-issued_at", "-pk")


def in_year(portal: Portal, year: int) -> QuerySet[Invoice]:
    """The papers of a year in the order of their numbers."""
    rows = Invoice.objects.filter(portal=portal, series__startswith=f"C{year % 100:02d}T").select_related("order")
    return rows.order_by("tax_code", "series", "number")


def billed(portal: Portal, since: datetime) -> dict[str, int]:
    """What was billed from a moment on, credit notes taken off, in smallest units by currency."""
    rows = Invoice.objects.filter(portal=portal, issued_at__gte=since)
    return dict(rows.values_list("currency").annotate(Sum("total")).order_by("currency"))
