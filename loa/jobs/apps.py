"""The room's place in Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Leased work rows behind the django-tasks API, and schedules."""

    name = "loa.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
