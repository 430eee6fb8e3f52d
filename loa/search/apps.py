"""The room's place in Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding entries, typed with or without Vietnamese marks."""

    name = "loa.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
