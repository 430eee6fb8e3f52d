"""The room's place in Django."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Backup, restore, upgrade: everything owned, kept whole."""

    name = "loa.custody"
    label = "custody"
    default_auto_field = "django.db.models.BigAutoField"
