"""The room's place in Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The operator's pages: sections, static pages, about block, staff, pinned story, organizations."""

    name = "loa.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
