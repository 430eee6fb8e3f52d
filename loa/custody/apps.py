"""The room's place in Django."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Backup, restore, upgrade, export: everything owned, kept whole, and taken along."""

    name = "loa.custody"
    label = "custody"
    default_auto_field = "django.db.models.BigAutoField"
