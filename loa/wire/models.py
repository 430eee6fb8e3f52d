"""What must still be carried where."""

from django.db import models


class State(models.TextChoices):
    """Where a delivery stands."""

    PENDING = "pending"
    LEASED = "leased"
    DONE = "done"


class Delivery(models.Model):
    """One notice for one outlet."""

    notice = models.ForeignKey("archive.Notice", models.CASCADE, related_name="+")
    outlet = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "outlet"], name="delivery_once")]
        indexes = [models.Index(fields=["state", "not_before"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.outlet}"


class Cursor(models.Model):
    """How far each outlet's notices have been expanded; a new outlet starts at the beginning and catches up."""

    outlet = models.CharField(max_length=32, unique=True)
    notice = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.outlet} {self.notice}"


class Beat(models.Model):
    """The worker's last sign of life, for /readyz."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
