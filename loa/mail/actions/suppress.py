"""Stops all mail to an address."""

from loa.lib import clock
from loa.mail.models import Suppression


def suppress(address: str, *, reason: str) -> None:
    """Send nothing more to this address; done twice, the first reason stands."""
    Suppression.objects.get_or_create(address=address.lower(), defaults={"reason": reason, "at": clock.now()})
