"""The room's place in Django."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """The writing core: releases in hand, their states, and the acts on them."""

    name = "loa.releases"
    label = "releases"
    default_auto_field = "django.db.models.BigAutoField"
