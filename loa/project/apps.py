"""The room's place in Django."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Settings, addresses, the server's entry, the command line and the demonstration; imported by none."""

    name = "loa.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell faults to whom the operator named, from here on."""
        from django.conf import settings  # noqa: PLC0415 -- not before Django is ready

        from loa.project import sentry  # noqa: PLC0415 -- likewise

        sentry.begin(settings.LOA_SENTRY_DSN, settings.LOA_VERSION)
