"""Views of entries, a row a day."""

from django.db import models


class DailyViews(models.Model):
    """How often an entry was read on one day in its portal's zone."""

    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "day"], name="views_once_a_day")]
        indexes = [models.Index(fields=["day", "entry", "views"], name="views_of_days")]  # most read, from this alone

    def __str__(self) -> str:
        return f"{self.entry_id} {self.day} {self.views}"
