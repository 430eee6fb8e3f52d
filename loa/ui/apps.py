"""The room's place in Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base templates, components, tokens.css, fonts and template tags; no tables."""

    name = "loa.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
