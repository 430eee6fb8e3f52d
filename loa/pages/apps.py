"""The room's place in Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The public pages readers see."""

    name = "loa.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
