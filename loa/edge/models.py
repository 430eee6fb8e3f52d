"""What a CDN must still be told."""

from django.db import models


class Outside(models.Model):
    """Tags of one purge that a CDN in front is still to forget; gone once it was told twice."""

    tags = models.TextField()  # one a line
    at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(db_index=True)
    times_told = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)  # in vain, since it was last told
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.tags.replace("\n", " ")
