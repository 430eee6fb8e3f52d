"""The room's place in Django."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """Throttles, kept as rows on one machine."""

    name = "loa.limits"
    label = "limits"
    default_auto_field = "django.db.models.BigAutoField"
