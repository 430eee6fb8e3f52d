"""The room's place in Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The public Merkle log."""

    name = "loa.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
