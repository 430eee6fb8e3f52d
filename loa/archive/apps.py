"""The room's place in Django."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The waist: the published record."""

    name = "loa.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"
