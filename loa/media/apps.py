"""The room's place in Django."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures and files and their renditions."""

    name = "loa.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"
