"""The room's place in Django."""

from django.apps import AppConfig


class WireConfig(AppConfig):
    """The table of outlets and the worker that carries notices to them."""

    name = "loa.wire"
    label = "wire"
    default_auto_field = "django.db.models.BigAutoField"
