"""The room's place in Django."""

from django.apps import AppConfig


class ComposeConfig(AppConfig):
    """Where an organization's people write: releases, pictures, preview, submitting."""

    name = "loa.compose"
    label = "compose"
    default_auto_field = "django.db.models.BigAutoField"
