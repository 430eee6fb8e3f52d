"""What a person was told, and what of it they want by mail."""

from django.conf import settings
from django.db import models

from loa.lib.tokens import random_id


class Item(models.Model):
    """One thing that happened to a person; `key` makes telling twice harmless."""

    key = models.CharField(max_length=200, unique=True)  # that of the mail about it, where there is one
    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    event = models.CharField(max_length=24)  # of `rules.EVENTS`
    names = models.JSONField(default=dict)  # that its sentence speaks of
    title = models.CharField(max_length=300, blank=True)  # of the text it is about
    language = models.CharField(max_length=12, blank=True)  # of the title and of what was said
    said = models.TextField(blank=True)  # what somebody wrote about it, in their words
    path = models.CharField(max_length=300, blank=True)  # where it is dealt with
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "portal", "-at", "-id"], name="item_newest"),
            models.Index(fields=["person", "portal"], name="item_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"


class Choice(models.Model):
    """That a person wants one kind in the inbox alone; without a row it comes by mail too."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)  # of `rules.Kind`

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="inbox_choice_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class WayOut(models.Model):
    """The address by which a person leaves one kind of mail without signing in; made with the first mail of it."""

    token = models.CharField(max_length=32, unique=True, default=random_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)  # of `rules.Kind`

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="way_out_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
