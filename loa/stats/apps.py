"""The room's place in Django."""

from django.apps import AppConfig


class StatsConfig(AppConfig):
    """Honest numbers: views of entries by day, bots left out."""

    name = "loa.stats"
    label = "stats"
    default_auto_field = "django.db.models.BigAutoField"
