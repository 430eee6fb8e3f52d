"""Sellers, orders, the money that came, and the papers. Money is whole units of its currency."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loa.billing.states import LIVE, State
from loa.lib import clock
from loa.lib.tokens import random_id


class Seller(models.Model):
    """Who sells on a portal, to which account, with which tax; a change is another row from its day on."""

    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="sellers")
    valid_from = models.DateTimeField(default=clock.now)
    legal_name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    tax_code = models.CharField(max_length=14)
    email = models.EmailField(blank=True)
    bank_bin = models.CharField(max_length=6)  # of NAPAS
    bank_name = models.CharField(max_length=100)
    account = models.CharField(max_length=19)
    holder = models.CharField(max_length=120)
    vat_points = models.PositiveIntegerField()  # basis points: 800 is 8 %; prices hold it
    series = models.CharField(max_length=2)  # the two letters an invoice's series ends in
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(vat_points__lte=10_000), name="seller_vat_bounded")]
        indexes = [models.Index(fields=["portal", "valid_from"], name="seller_of_portal")]

    def __str__(self) -> str:
        return self.legal_name


class Buyer(models.Model):
    """What an organization last had put on its invoices."""

    organization = models.OneToOneField(
        "organizations.Organization", models.CASCADE, related_name="+", primary_key=True
    )
    legal_name = models.CharField(max_length=200)
    tax_code = models.CharField(max_length=14, blank=True)
    address = models.CharField(max_length=300)
    email = models.EmailField()

    def __str__(self) -> str:
        return self.legal_name


class Order(models.Model):
    """What an organization wants to buy, at the price of that day; its code stands in the note of the transfer."""

    code = models.CharField(max_length=11, unique=True)
    key = models.CharField(max_length=100, unique=True)  # of the form it came from, so that sending twice orders once
    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="orders")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="orders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+")
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(default=1)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    paid = models.BigIntegerField(default=0)  # what transfers gave it and it has not given back
    refunded = models.BigIntegerField(default=0)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    language = models.CharField(max_length=8, default="vi")
    buyer_name = models.CharField(max_length=200)
    buyer_tax_code = models.CharField(max_length=14, blank=True)
    buyer_address = models.CharField(max_length=300)
    buyer_email = models.EmailField()
    ordered_at = models.DateTimeField(default=clock.now)
    paid_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # cancelled, or wholly refunded

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, quantity__gt=0), name="order_costs"),
            models.CheckConstraint(
                condition=Q(paid__gte=0, refunded__gte=0, amount__gte=F("paid") + F("refunded")), name="order_balances"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-ordered_at"], name="order_of_organization"),
            models.Index(fields=["portal", "state", "-ordered_at"], name="order_of_portal"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def missing(self) -> int:
        """What is still to be paid."""
        return self.amount - self.paid if self.state in LIVE else 0

    @property
    def what(self) -> str:
        """What was ordered, in its own language."""
        name = self.plan.name(self.language)
        return f"{self.quantity} × {name}" if self.quantity > 1 else name


class BankTransfer(models.Model):
    """Money that came to the seller's account, as the bank or who reads its statement told us; never changed.

    `unallocated` alone moves: what no order got and nobody has sent back.
    """

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="transfers")
    account = models.CharField(max_length=19)
    transaction_id = models.CharField(max_length=100)
    provider = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="VND")
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    raw = models.JSONField(default=dict)
    unallocated = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portal", "account", "transaction_id"], name="transfer_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, unallocated__gte=0, unallocated__lte=F("amount")), name="transfer_balances"
            ),
        ]
        indexes = [
            models.Index(fields=["portal", "-at"], name="transfer_of_portal"),
            models.Index(fields=["portal"], name="transfer_unmatched", condition=Q(unallocated__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.transaction_id}"


class Move(models.TextChoices):
    """What happened to some of a transfer's money."""

    ALLOCATED = "allocated", _("ghi cho đơn")
    RELEASED = "released", _("rút khỏi đơn đã hủy")
    REFUNDED = "refunded", _("trả lại người chuyển")


class Payment(models.Model):
    """One line of the ledger, only ever added: some of a transfer went to an order, came off it, or was sent back."""

    transfer = models.ForeignKey(BankTransfer, models.PROTECT, related_name="payments")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="payments")  # null: sent back unallocated
    move = models.CharField(max_length=10, choices=Move.choices)
    amount = models.BigIntegerField()
    key = models.CharField(max_length=120)  # of the act; the same act again adds nothing
    reason = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "transfer", "order"], name="payment_once"),
            models.UniqueConstraint(
                fields=["key", "transfer"], name="payment_back_once", condition=Q(order__isnull=True)
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.amount}"


class Counter(models.Model):
    """The last number of a seller's series; its row is locked until the invoice with the next one is committed."""

    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="+")
    tax_code = models.CharField(max_length=14)
    series = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "tax_code", "series"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"


class Paper(models.TextChoices):
    """Which paper it is."""

    INVOICE = "invoice", _("Hóa đơn")
    CREDIT_NOTE = "credit_note", _("Hóa đơn điều chỉnh giảm")


class Invoice(models.Model):
    """A numbered paper as it was issued: `data` says everything on it and is never changed; `digest` covers it."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="invoices")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="invoices")
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+")
    paper = models.CharField(max_length=12, choices=Paper.choices, default=Paper.INVOICE)
    original = models.ForeignKey("self", models.PROTECT, null=True, related_name="notes")
    tax_code = models.CharField(max_length=14)  # the seller's, whose numbers have no gap
    series = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()  # a credit note's is below zero
    issued_at = models.DateTimeField(default=clock.now)
    key = models.CharField(max_length=120, unique=True)
    data = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portal", "tax_code", "series", "number"], name="invoice_number_once")
        ]
        indexes = [
            models.Index(fields=["organization", "-issued_at"], name="invoice_of_organization"),
            models.Index(fields=["portal", "-issued_at"], name="invoice_of_portal"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.number:08d}"
