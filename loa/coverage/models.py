"""One page elsewhere that tells of a release."""

from django.conf import settings
from django.db import models

from loa.lib import looks
from loa.lib.tokens import random_id


class Clipping(models.Model):
    """A page elsewhere about an entry; it counts once somebody has looked at what is written here of it."""

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")
    url = models.URLField(max_length=1000)
    digest = models.CharField(max_length=64)  # of the address
    host = models.CharField(max_length=255)
    title = models.CharField(max_length=300, blank=True)
    outlet = models.CharField(max_length=120, blank=True)
    published_on = models.DateField(null=True)  # as the page says, or who confirmed it
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)  # when the worker had tried to read it
    trouble = models.CharField(max_length=8, blank=True)  # why it could not be read: of `rules.TROUBLES`
    confirmed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True)  # as `lib.looks.look` says it; empty: not known yet
    nights = models.PositiveIntegerField(default=0)  # in a row in which it was found so
    looked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)  # when the worker opens it next

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "digest"], name="clipping_once")]
        indexes = [models.Index(fields=["host", "due_at"], name="clipping_host")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.host}"

    @property
    def is_gone(self) -> bool:
        """Whether nothing is there any more, night after night."""
        return looks.is_dead(self.answer, self.nights)
