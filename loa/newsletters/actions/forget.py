"""Forgets what readers were sent long ago."""

from datetime import timedelta

from loa.lib import clock
from loa.newsletters.models import Digest, DigestItem

KEPT = timedelta(days=60)  # an entry may be in a newsletter for a fortnight at most, so none comes a second time
PAGE = 2000


def forget() -> int:
    """Delete the next page of digests from more than sixty days ago; returns how many. Run as often as one likes."""
    old = list(Digest.objects.filter(at__lt=clock.now() - KEPT).order_by("at").values_list("pk", flat=True)[:PAGE])
    DigestItem.objects.filter(digest__in=old).delete()
    return Digest.objects.filter(pk__in=old).delete()[0]
