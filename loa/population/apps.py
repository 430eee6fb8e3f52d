"""The room's place in Django."""

from django.apps import AppConfig


class PopulationConfig(AppConfig):
    """The population ticker, from the figures of the United Nations."""

    name = "loa.population"
    label = "population"
    default_auto_field = "django.db.models.BigAutoField"
