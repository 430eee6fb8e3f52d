"""What backups were made and whether each comes back; what organizations asked to take along."""

from django.conf import settings
from django.db import models

from loa.lib import clock
from loa.lib.tokens import random_id


class Backup(models.Model):
    """One backup file, noted when it is begun; the file itself says what is in it."""

    night = models.DateField(unique=True, null=True)  # the night the worker made it for; None: made by hand
    made_by = models.CharField(max_length=200)
    begun_at = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True)  # until then somebody is at it
    made_at = models.DateTimeField(null=True, db_index=True)
    path = models.CharField(max_length=1000, blank=True)  # on the machine it was made on
    size = models.PositiveBigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)  # of the file as it lies there
    rows = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    is_encrypted = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True)  # it was restored into a scratch folder and compared
    error = models.TextField(blank=True)  # why it was not made, or did not come back
    removed_at = models.DateTimeField(null=True)  # thinned out: others are kept

    def __str__(self) -> str:
        return self.path


class Parcel(models.Model):
    """Everything of one organization as one file, asked for by an owner, packed by the worker, kept for a week."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True)  # until then a worker is at it
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # of `total` things
    total = models.PositiveIntegerField(default=0)
    packed_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.public_id

    @property
    def per_cent(self) -> int:
        """How far it is."""
        return self.done * 100 // self.total if self.total else 0
