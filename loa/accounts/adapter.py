"""How allauth behaves here: addresses of pages come from the portal the person is on."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Links in mails are built from the configured origin, never from the Host a stranger sent."""

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        """The page whose button confirms the address."""
        key = getattr(emailconfirmation, "key", "")
        return str(settings.LOA_ORIGIN).rstrip("/") + reverse("account_confirm_email", args=[key])
