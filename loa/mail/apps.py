"""The room's place in Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Outgoing messages as rows with a cancel key, the sender, and suppression."""

    name = "loa.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
