"""Plans as dated rows, the time organizations have on them, single releases, and what each was spent on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loa.lib import clock
from loa.lib.tokens import random_id


class Kind(models.TextChoices):
    """What a row of prices sells."""

    PLAN = "plan", _("Gói")
    FREE = "free", _("Miễn phí mỗi tháng")
    CREDIT = "credit", _("Một thông cáo lẻ")


class Audience(models.TextChoices):
    """Whom a plan is for."""

    EVERYONE = "everyone", _("Mọi tổ chức")
    PUBLIC = "public", _("Cơ quan nhà nước, trường học, bệnh viện")
    NONPROFIT = "nonprofit", _("Hội, tổ chức phi lợi nhuận")


class Plan(models.Model):
    """What is offered at what price from when to when; another price or allowance is another row of the same slug.

    A row with an organization is its own terms by contract, on no public page.
    """

    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="plans")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PLAN)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    price = models.BigIntegerField(default=0)  # whole units of the currency: đồng, not hào
    currency = models.CharField(max_length=3, default="VND")
    months = models.PositiveSmallIntegerField(default=1)
    allowance = models.PositiveIntegerField(null=True, blank=True)  # releases in a period; null: as many as they like
    included_vi = models.TextField(blank=True)  # one line each
    included_en = models.TextField(blank=True)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.EVERYONE)
    organization = models.ForeignKey(
        "organizations.Organization", models.CASCADE, null=True, blank=True, related_name="own_plans"
    )
    is_offered = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "price", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["portal", "slug", "valid_from"], name="plan_row_once"),
            models.UniqueConstraint(fields=["portal", "slug"], condition=Q(valid_until=None), name="plan_last_once"),
            models.CheckConstraint(condition=Q(price__gte=0), name="plan_price_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name_vi

    def name(self, language: str) -> str:
        """The name in a language of the interface."""
        return (self.name_en if language != "vi" else "") or self.name_vi

    def included(self, language: str) -> list[str]:
        """What belongs to it, a line each, in a language of the interface."""
        said = (self.included_en if language != "vi" else "") or self.included_vi
        return [line.strip() for line in said.splitlines() if line.strip()]


class Term(models.Model):
    """One organization's time on one plan; a calendar month of the free plan is a term as well."""

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="terms")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="terms")
    key = models.CharField(max_length=120, unique=True)  # of what granted it, such as one payment
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    allowance = models.PositiveIntegerField(null=True)  # null: as many as they like
    spent = models.PositiveIntegerField(default=0)
    granted_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True)  # they do not wish to go on after its end
    taken_back_at = models.DateTimeField(null=True)
    next_slug = models.CharField(max_length=60, blank=True)  # the plan they wish for afterwards; empty: the same
    reminded_days = models.PositiveSmallIntegerField(null=True)  # the last reminder was that many days before the end

    class Meta:
        indexes = [
            models.Index(fields=["organization", "ends_at"], name="term_of_organization"),
            models.Index(fields=["ends_at"], name="term_ending"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(allowance=None) | Q(spent__lte=F("allowance")), name="term_not_overspent"
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def left(self) -> int | None:
        """Releases not spent yet; None: as many as they like."""
        return None if self.allowance is None else self.allowance - self.spent


class Credit(models.Model):
    """Single releases that never expire, as they came in."""

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="credits")
    key = models.CharField(max_length=120, unique=True)
    count = models.PositiveIntegerField()
    spent = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)  # why they were given where nothing was paid
    granted_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization"], name="credit_of_organization")]
        constraints = [models.CheckConstraint(condition=Q(spent__lte=F("count")), name="credit_not_overspent")]

    def __str__(self) -> str:
        return self.key


class Spending(models.Model):
    """One release, spent once: by whom it is paid, out of which term or credit, and on what."""

    key = models.CharField(max_length=120, unique=True)  # of the release
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="spendings")
    sender = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="spendings")
    credit = models.ForeignKey(Credit, models.PROTECT, null=True, related_name="spendings")
    label = models.CharField(max_length=300)  # its headline then
    spent_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["organization", "-spent_at"], name="spending_of_organization")]

    def __str__(self) -> str:
        return self.key


class OfferRequest(models.Model):
    """Somebody asked for terms of their own; open until one of the desk has answered."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    organization_name = models.CharField(max_length=200)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    wish = models.TextField()
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(blank=True)  # what was agreed, for the desk

    class Meta:
        indexes = [models.Index(fields=["portal", "answered_at", "asked_at"], name="offer_request_open")]

    def __str__(self) -> str:
        return self.organization_name
