"""The room's place in Django."""

from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    """Digests that make themselves, and issues that editors make."""

    name = "loa.newsletters"
    label = "newsletters"
    default_auto_field = "django.db.models.BigAutoField"
