"""Text typed before its writer has an account, and text brought as a file."""

from django.db import models


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
    reported = models.JSONField(default=list)  # {what, count}, by the names of `lib.word_parts`; storage: used, most
    is_waiting = models.BooleanField(default=False)  # its writer has not said yet what of it takes the place of what
    brought_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.release_id} {self.name}"
