"""How often something was done in a window of time."""

from django.db import models


class Window(models.Model):
    """One count; the key is a keyed digest, so addresses of readers are not kept."""

    key = models.CharField(max_length=64)
    started = models.BigIntegerField()  # seconds since 1970, UTC
    ends = models.BigIntegerField(db_index=True)
    taken = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "started"], name="window_once")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.taken}"
