"""Pictures as rows; the bytes lie in the media folder."""

from django.db import models

from loa.lib.tokens import random_id


class Picture(models.Model):
    """An uploaded picture, re-encoded from its pixels. The owner is an opaque key; callers guard it."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    owner_key = models.CharField(max_length=80, db_index=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes that came in
    format = models.CharField(max_length=8)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes of the file as kept
    credit = models.CharField(max_length=200, blank=True)
    taken_in_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_key", "digest"], name="picture_once")]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        """Where it is served."""
        return f"/media/{self.file_name}"

    @property
    def file_name(self) -> str:
        """The name of its file and the last part of its address."""
        return f"{self.public_id}.{self.format}"
