"""The room's place in Django."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Orders, payments and invoices."""

    name = "loa.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"
