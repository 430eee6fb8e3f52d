"""Text typed before its writer has an account."""

from django.db import models


class KeptDraft(models.Model):
    """What a visitor typed, held under the digest of a token only their cookie knows."""

    token_digest = models.CharField(max_length=64, unique=True)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return f"kept {self.pk}"
