"""Stops all mail to an address."""

from loa.lib import clock
from loa.mail import rules
from loa.mail.models import Suppression


def suppress(address: str, *, reason: str) -> None:
    """Send nothing more to this address, of which a keyed hash is kept; done twice, the first reason stands."""
    kept = {"reason": reason, "at": clock.now()}
    Suppression.objects.get_or_create(digest=rules.digest_of(address), defaults=kept)
