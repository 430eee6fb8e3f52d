"""The room's place in Django."""

from django.apps import AppConfig


class PortalsConfig(AppConfig):
    """Public sites, found by host."""

    name = "loa.portals"
    label = "portals"
    default_auto_field = "django.db.models.BigAutoField"
