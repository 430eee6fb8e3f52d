"""How allauth behaves here: whose network asks, and where the links in its mails lead."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.http import HttpRequest

from loa.limits.rules import address_of

LONGEST_NEXT = 500  # characters; it stands in a mail, and no page of ours has an address as long


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nothing a stranger's request says about host or address is believed."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every link stands on the portal's configured address: the Host of a request may be anybody's."""
        portal = getattr(self.request, "portal", None)  # only a command asks outside a request
        origin = portal.address if portal else settings.LOA_ORIGIN
        own = {name: on_origin(value, origin) if name.endswith("_url") else value for name, value in context.items()}
        super().send_mail(template_prefix, email, own)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC) -> str:
        """The link carries where the person was going (`next`), so that it leads there in any browser."""
        address: str = super().get_email_confirmation_url(request, emailconfirmation)
        following = get_next_redirect_url(request) if request else None
        return f"{address}?{urlencode({'next': following})}" if following else address

    def is_safe_url(self, url: str) -> bool:
        """Only a path of our own: allauth would also lead to any host the server answers for."""
        return url.startswith("/") and len(url) <= LONGEST_NEXT and bool(super().is_safe_url(url))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network throttles count by, seen past the trusted proxies in front."""
        return address_of(request.META, settings.LOA_PROXIES)


def on_origin(address: str, origin: str) -> str:
    """The same path on another scheme and host."""
    own = urlsplit(origin)
    return urlsplit(address)._replace(scheme=own.scheme, netloc=own.netloc).geturl()
