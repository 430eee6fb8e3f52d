"""The room's place in Django."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Requests of people about their own data."""

    name = "loa.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"
