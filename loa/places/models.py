"""Dated administrative units."""

from django.db import models


class Place(models.Model):
    """A place under our own id; official codes and names are dated data.

    A unit that was merged ends where its successor of that day begins; both stay, each with its own address.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=32, blank=True)  # "city" or "province"
    code = models.CharField(max_length=16, blank=True)  # the official one of its time; used again for others since
    valid_from = models.DateField(null=True, blank=True)  # None: longer than we know
    valid_to = models.DateField(null=True, blank=True)  # the first day it was no more
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def label(self, language: str) -> str:
        """The name in a language of the interface."""
        return (self.name_en if language != "vi" else "") or self.name

    def full_name(self, language: str) -> str:
        """The name with what it is: "Thành phố Hồ Chí Minh", "tỉnh Đồng Tháp", "Dong Thap Province"."""
        if language != "vi":
            return f"{self.label('en')} {'City' if self.kind == 'city' else 'Province'}"
        return f"{'Thành phố' if self.kind == 'city' else 'tỉnh'} {self.name}"
