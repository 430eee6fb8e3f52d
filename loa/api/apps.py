"""The room's place in Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Releases as data."""

    name = "loa.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
