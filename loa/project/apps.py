"""The room's place in Django."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Settings, addresses, the server's entry, the command line and the demonstration; imported by none."""

    name = "loa.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"
