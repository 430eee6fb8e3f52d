"""The room's place in Django."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """What happened to a person at the desk."""

    name = "loa.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
