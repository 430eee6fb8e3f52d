"""What readers report."""

from django.db import models

from loa.lib.tokens import random_id


class Report(models.Model):
    """A reader's word that something is wrong with an entry."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")
    reason = models.TextField()
    email = models.EmailField(blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.public_id
