"""Organizations, who belongs to them, and who was invited."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.lib import domains, vietnamese
from loa.lib.tokens import random_id


class Kind(models.TextChoices):
    """What an organization is."""

    COMPANY = "company", _("Doanh nghiệp")
    PUBLIC_BODY = "public_body", _("Cơ quan nhà nước")
    ASSOCIATION = "association", _("Hội, hiệp hội")
    UNIVERSITY = "university", _("Trường học")
    HOSPITAL = "hospital", _("Bệnh viện, cơ sở y tế")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    NGO = "ngo", _("Tổ chức phi lợi nhuận")
    MEDIA = "media", _("Báo chí, xuất bản")
    PORTAL_DESK = "portal_desk", _("Ban biên tập của cổng")


class Role(models.TextChoices):
    """What a member may do."""

    OWNER = "owner", _("Chủ tài khoản")
    APPROVER = "approver", _("Người duyệt")
    WRITER = "writer", _("Người viết")


class PlaceFromAToZ(models.CharField):  # type: ignore[type-arg]  # only the stubs have them
    """Where a name stands in lists from A to Z, its legal form aside; made of the name whenever the row is written."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """What is written, and what the instance holds from then on."""
        key = vietnamese.sort_key(vietnamese.sort_name(model_instance.name))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class Organization(models.Model):
    """A sender of releases on one portal."""

    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="organizations")
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    sort_key = PlaceFromAToZ(max_length=1000, editable=False, default="")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.COMPANY)
    website = models.URLField(max_length=300, blank=True)
    profile = models.TextField(blank=True)
    profile_en = models.TextField(blank=True)
    logo = models.CharField(max_length=300, blank=True)  # a media address
    press_contacts = models.JSONField(default=list, blank=True)  # {name, role, phone, email, language}; what is known
    city = models.ForeignKey("places.Place", models.SET_NULL, null=True, blank=True, related_name="+")
    needs_approval = models.BooleanField(default=False)  # nothing is sent that nobody but its writer has approved
    is_agency = models.BooleanField(default=False)  # writes for clients who agreed; the operator says so
    approved_at = models.DateTimeField(null=True, blank=True)  # a moderator let a release of theirs out
    suspended_at = models.DateTimeField(null=True, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)  # as `lib.tax_codes` reads it
    # What readers are told of who it is, as the room of verification last wrote it. The domain is in ASCII, and there
    # only while it is proven; each piece of evidence: {way, domain, since, checked}, moments in ISO 8601.
    domain = models.CharField(max_length=253, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # it publishes no more; its newsroom says so
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portal", "slug"], name="organization_once"),
            models.UniqueConstraint(fields=["portal", "domain"], condition=~models.Q(domain=""), name="domain_once"),
        ]
        indexes = [
            models.Index(fields=["portal", "-approved_at", "-id"], name="organization_newest"),  # newcomers
            models.Index(fields=["portal", "sort_key", "id"], name="organization_from_a_to_z"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The newsroom's address."""
        return f"/o/{self.slug}"

    def label(self, language: str) -> str:
        """Its name in a language of the interface; English stands in for what is not translated."""
        return (self.name_en if language != "vi" else "") or self.name

    @property
    def shown_domain(self) -> str:
        """The proven domain as its owner writes it."""
        return domains.shown(self.domain)

    @property
    def is_verified(self) -> bool:
        """Whether readers see the mark: a domain is proven, and it is neither suspended nor closed."""
        return bool(self.domain) and self.suspended_at is None and self.closed_at is None


class ProtectedName(models.Model):
    """A name or a domain that the operator guards: whoever looks like it waits for a person."""

    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, blank=True)  # its owner proves this one, and is let through

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "name"], name="protected_once")]

    def __str__(self) -> str:
        return self.name


class Skeleton(models.Model):
    """What is left of one name of an organization, or of a protected one (`lib.likeness`)."""

    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="skeletons")
    protected = models.ForeignKey(ProtectedName, models.CASCADE, null=True, related_name="skeletons")
    is_domain = models.BooleanField(default=False)
    words = models.CharField(max_length=253)  # as it is written
    key = models.CharField(max_length=120)
    head = models.CharField(max_length=60)
    tail = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["portal", "is_domain", "key"], name="skeleton_key"),
            models.Index(fields=["portal", "is_domain", "head"], name="skeleton_head"),
            models.Index(fields=["portal", "is_domain", "tail"], name="skeleton_tail"),
        ]

    def __str__(self) -> str:
        return self.key


class Likeness(models.Model):
    """That an organization looks like another or like a protected name; its releases wait until a person clears it."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    protected = models.ForeignKey(ProtectedName, models.CASCADE, null=True, related_name="+")
    other_key = models.CharField(max_length=40)  # whose: "organization:12", "protected:3"
    is_domain = models.BooleanField()
    own_words = models.CharField(max_length=253)  # its name or domain that looks like …
    other_words = models.CharField(max_length=253)  # … this one
    is_same = models.BooleanField()  # the same once everything a forger plays with is taken off; else one letter apart
    found_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "other_key", "is_domain", "own_words", "other_words"], name="likeness_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.own_words} ~ {self.other_words}"


class Membership(models.Model):
    """A person's role in an organization."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.WRITER)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "person"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.organization_id}"


class Invitation(models.Model):
    """An invitation by mail; the token itself is never kept, only its digest."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email


class Mandate(models.Model):
    """That an agency may write for a client: both sides say so, and either ends it."""

    client = models.ForeignKey(Organization, models.CASCADE, related_name="mandates_given")
    agency = models.ForeignKey(Organization, models.CASCADE, related_name="mandates")
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    asked_at = models.DateTimeField()
    client_agreed_at = models.DateTimeField(null=True)
    agency_agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "agency"], condition=models.Q(ended_at=None), name="mandate_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}→{self.client_id}"

    @property
    def is_agreed(self) -> bool:
        """Whether both sides said yes."""
        return self.client_agreed_at is not None and self.agency_agreed_at is not None


class Spokesperson(models.Model):
    """A person of the organization who may be quoted; shown to readers once they agreed to it."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="people")
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=160, blank=True)
    role_en = models.CharField(max_length=160, blank=True)
    bio = models.TextField(blank=True)
    bio_en = models.TextField(blank=True)
    portrait = models.CharField(max_length=300, blank=True)  # a media address
    consent_at = models.DateTimeField(null=True, blank=True)  # they agreed to stand here with name and picture
    consent_note = models.CharField(max_length=300, blank=True)  # how that is known
    left_at = models.DateTimeField(null=True, blank=True)  # no longer speaks for it; what was said stays
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "slug"], name="spokesperson_once")]

    def __str__(self) -> str:
        return self.name
