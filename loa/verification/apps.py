"""The room's place in Django."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Whether a sender is who it says it is."""

    name = "loa.verification"
    label = "verification"
    default_auto_field = "django.db.models.BigAutoField"
