"""What each subscriber has been sent."""

from django.db import models


class Digest(models.Model):
    """One newsletter to one subscriber for one period (`d2026-11-24`, `w2026-48`, `n123` at once)."""

    subscriber = models.ForeignKey("subscribers.Subscriber", models.CASCADE, related_name="+")
    period_key = models.CharField(max_length=32)
    at = models.DateTimeField()
    round = models.PositiveIntegerField(default=0)  # how often it was built again before it left

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "period_key"], name="digest_once")]

    def __str__(self) -> str:
        return self.period_key

    @property
    def mail_key(self) -> str:
        """The key of its mail; each round has its own."""
        return f"newsletters:{self.pk}:{self.round}" if self.round else f"newsletters:{self.pk}"


class DigestItem(models.Model):
    """An entry a subscriber has been sent; none goes to the same person twice."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="items")
    subscriber = models.ForeignKey("subscribers.Subscriber", models.CASCADE, related_name="+")
    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "entry"], name="entry_once_a_subscriber")]

    def __str__(self) -> str:
        return f"{self.digest_id} {self.entry_id}"
