"""What a sign-up may say."""

from collections.abc import Iterable

from loa.portals.models import Portal
from loa.subscribers.models import Frequency
from loa.topics import queries as topics

TEXT_VERSION = "2026-1"


def frequency_of(value: str) -> str:
    """A frequency we know; anything else is daily."""
    return value if value in Frequency.values else Frequency.DAILY.value


def sections_of(portal: Portal, wanted: Iterable[str]) -> list[str]:
    """The slugs that are the portal's; choosing all is choosing none in particular."""
    known = [section.slug for section in topics.sections(portal)]
    chosen = [slug for slug in known if slug in set(wanted)]
    return [] if len(chosen) == len(known) else chosen
