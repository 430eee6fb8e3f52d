"""The room's place in Django."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """RSS, Atom and JSON Feed of every list, and the sitemaps."""

    name = "loa.feeds"
    label = "feeds"
    default_auto_field = "django.db.models.BigAutoField"
