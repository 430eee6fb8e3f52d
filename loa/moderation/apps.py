"""The room's place in Django."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """The queue: what waits for a person, and the acts of that person."""

    name = "loa.moderation"
    label = "moderation"
    default_auto_field = "django.db.models.BigAutoField"
