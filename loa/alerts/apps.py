"""The room's place in Django."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Saved searches that tell."""

    name = "loa.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
