"""The room's place in Django."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    """Where releases were published elsewhere."""

    name = "loa.coverage"
    label = "coverage"
    default_auto_field = "django.db.models.BigAutoField"
