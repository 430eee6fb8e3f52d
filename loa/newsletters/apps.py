"""The room's place in Django."""

from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    """Digests: one durable row a recipient, sent at the frequency each reader chose."""

    name = "loa.newsletters"
    label = "newsletters"
    default_auto_field = "django.db.models.BigAutoField"
