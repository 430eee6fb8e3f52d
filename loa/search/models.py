"""What the operator of a portal has said about words."""

from django.db import models


class SynonymList(models.Model):
    """The lines of words that mean the same on one portal, instead of those Loa comes with."""

    portal = models.OneToOneField("portals.Portal", models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    edited_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"synonyms of portal {self.portal_id}"
