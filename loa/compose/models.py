"""Text typed before its writer has an account, text brought as a file, and text kept to begin others with."""

from django.conf import settings
from django.db import models

from loa.lib.tokens import random_id


class KeptDraft(models.Model):
    """What a visitor typed, held under the digest of a token only their cookie knows."""

    token_digest = models.CharField(max_length=64, unique=True)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return f"kept {self.pk}"


class Bringing(models.Model):
    """A file somebody brought to a release: what it would put there, and what of it was left out."""

    release = models.ForeignKey("releases.Release", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)  # as `releases.actions.save` takes them; emptied once they are decided on
    reported = models.JSONField(default=list)  # {what, count}, by the names of `lib.word_parts`
    is_waiting = models.BooleanField(default=False)  # its writer has not said yet what of it takes the place of what
    brought_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.release_id} {self.name}"


class Template(models.Model):
    """A text that an organization keeps to begin releases with."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    fields = models.JSONField(default=dict)  # as `releases.queries.for_a_copy` gives them
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="template_once")]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.name}"
