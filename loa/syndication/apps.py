"""The room's place in Django."""

from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    """Pushing entries to other systems."""

    name = "loa.syndication"
    label = "syndication"
    default_auto_field = "django.db.models.BigAutoField"
