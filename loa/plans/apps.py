"""The room's place in Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, allowances and credits."""

    name = "loa.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
