"""The room's place in Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, in a hash-chained table."""

    name = "loa.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
