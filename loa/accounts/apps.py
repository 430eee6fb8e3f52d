"""The room's place in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, sign-in and what they agreed to."""

    name = "loa.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
