"""The room's place in Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Dated administrative units under our own ids."""

    name = "loa.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
