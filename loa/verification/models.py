"""What speaks for an organization, piece by piece."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.lib.tokens import random_id


class Way(models.TextChoices):
    """How something is proven."""

    DNS = "dns", _("Bản ghi DNS")
    FILE = "file", _("Tệp trên trang web")
    MAILBOX = "mailbox", _("Hộp thư của tên miền")
    REGISTER = "register", _("Sổ đăng ký doanh nghiệp")


class Proof(models.Model):
    """One piece of evidence: begun by an owner, proven once it was seen, ended when it is no longer true."""

    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="proofs")
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    way = models.CharField(max_length=8, choices=Way.choices)
    domain = models.CharField(max_length=253, blank=True)  # registered, in ASCII; none for the register
    token = models.CharField(max_length=64, blank=True)  # what must be seen; of a mailbox the digest of what was mailed
    mailbox = models.EmailField(blank=True)
    note = models.CharField(max_length=500, blank=True)  # of the register: what a moderator saw there
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)  # of a mailbox: the last time it was asked again and answered
    seen_at = models.DateTimeField(null=True)  # the last time it was there
    looked_at = models.DateTimeField(null=True)  # the last look, whatever was seen
    failing_since = models.DateTimeField(null=True)  # the first of the looks in a row that saw nothing
    ended_at = models.DateTimeField(null=True)
    is_claim = models.BooleanField(default=False)  # of somebody who owns nothing yet; once it is proven they do
    is_lapsed = models.BooleanField(default=False)  # ended because it was seen no more

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "way", "domain"],
                name="proof_once",
                condition=models.Q(ended_at=None, is_claim=False),
            ),
            models.UniqueConstraint(
                fields=["organization", "begun_by"],
                name="claim_once",
                condition=models.Q(ended_at=None, is_claim=True),
            ),
        ]
        indexes = [models.Index(fields=["looked_at"], condition=models.Q(ended_at=None), name="proof_due")]

    def __str__(self) -> str:
        return f"{self.way} {self.domain}"

    @property
    def confirmed_at(self) -> datetime | None:
        """When somebody last said so: the answer of a mailbox holds for a year from then."""
        return self.renewed_at or self.proven_at
