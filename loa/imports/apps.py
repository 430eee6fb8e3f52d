"""The room's place in Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Bringing archives in."""

    name = "loa.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
