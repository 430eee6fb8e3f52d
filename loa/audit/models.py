"""The chain of records; rows are added and never changed."""

from django.db import models


class Record(models.Model):
    """One act by one actor; its digest covers the digest before it."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    act = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    detail = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class Head(models.Model):
    """The last digest of the chain; the one row everyone who records takes a lock on."""

    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.digest
