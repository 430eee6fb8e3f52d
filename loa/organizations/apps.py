"""The room's place in Django."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Senders: organizations, their members and roles, and their newsroom profiles."""

    name = "loa.organizations"
    label = "organizations"
    default_auto_field = "django.db.models.BigAutoField"
