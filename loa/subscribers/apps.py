"""The room's place in Django."""

from django.apps import AppConfig


class SubscribersConfig(AppConfig):
    """Readers who asked for mail: double opt-in, consent, preferences, leaving in one click."""

    name = "loa.subscribers"
    label = "subscribers"
    default_auto_field = "django.db.models.BigAutoField"
