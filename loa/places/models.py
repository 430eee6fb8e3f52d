"""Dated administrative units."""

from django.db import models


class Place(models.Model):
    """A place under our own id; official codes and names are dated data."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=32, blank=True)
    code = models.CharField(max_length=16, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
