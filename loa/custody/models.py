"""What backups were made, of whom, and whether each was found to come back."""

from django.db import models

from loa.lib import clock


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
