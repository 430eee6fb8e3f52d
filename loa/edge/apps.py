"""The room's place in Django."""

from django.apps import AppConfig


class EdgeConfig(AppConfig):
    """The page store at the server's front door, and the buffer of hits."""

    name = "loa.edge"
    label = "edge"
    default_auto_field = "django.db.models.BigAutoField"
