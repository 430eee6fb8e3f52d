"""The room's place in Django."""

from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """IPTC Media Topics, and the sections of a portal that gather them."""

    name = "loa.topics"
    label = "topics"
    default_auto_field = "django.db.models.BigAutoField"
