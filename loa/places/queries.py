"""Reads of places."""

from django.db.models import QuerySet

from loa.places.models import Place


def today() -> QuerySet[Place]:
    """The units in force now."""
    return Place.objects.filter(valid_to=None)
