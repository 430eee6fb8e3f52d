"""The room's place in Django."""

from django.apps import AppConfig


class StatsConfig(AppConfig):
    """Honest numbers: how often entries were read, and what was done with them."""

    name = "loa.stats"
    label = "stats"
    default_auto_field = "django.db.models.BigAutoField"
