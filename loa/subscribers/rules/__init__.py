"""What a reader may wish for, and the words they agree to.

A wish has a key: `general` (the portal's news), `press` (its press list), or a kind and what it is about:
`section:<our id>`, `topic:<qcode>`, `organization:<our id>`, `place:<our id>`, `search:<digest>` (`rules.searches`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loa.subscribers.models import Frequency, Subscription
from loa.ui.language import spoken

TEXT_VERSION = "2026-2"
DAYS_OF_REST = 30
GENERAL, PRESS = "general", "press"
SECTION, TOPIC, ORGANIZATION, PLACE = "section", "topic", "organization", "place"
SEARCH = "search"
KINDS = (GENERAL, SECTION, TOPIC, ORGANIZATION, PLACE, SEARCH, PRESS)  # in the order pages show them


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be told, how often, and in which language."""

    key: str
    frequency: str
    language: str

    @classmethod
    def of(cls, row: Subscription) -> "Wish":
        """The wish of a row."""
        return cls(row.key, row.frequency, row.language)


def kind_of(key: str) -> str:
    """What kind of wish a key stands for."""
    return key.partition(":")[0]


def target_of(key: str) -> str:
    """What a key is about, without its kind; empty for the whole portal."""
    return key.partition(":")[2]


def frequency_of(value: str) -> str:
    """A frequency we know; anything else is daily."""
    return value if value in Frequency.values else Frequency.DAILY.value


def language_of(value: str, otherwise: str) -> str:
    """A language mails are written in; anything else is the other one."""
    return value if value in spoken() else otherwise


def in_order(keys: Iterable[str]) -> list[str]:
    """Keys by their kind, in the order pages show them; within one kind as they came."""
    return sorted(keys, key=lambda key: KINDS.index(kind_of(key)))


def changed(before: Collection[Wish], after: Collection[Wish]) -> tuple[list[Wish], list[str]]:
    """The wishes that are new or read otherwise than before, and the keys of those that are gone."""
    kept = {wish.key for wish in after}
    return [wish for wish in after if wish not in before], [wish.key for wish in before if wish.key not in kept]


def consent_text(portal: str, names: Sequence[str], *, is_search: bool = False) -> str:
    """What a reader agrees to, word for word; no names: the portal's news. `is_search`: they are searches."""
    if not names:
        return _("Tôi muốn nhận bản tin của %(name)s qua thư điện tử và có thể rời đi bất cứ lúc nào.") % {
            "name": portal
        }
    if is_search:
        found = _("Tôi muốn nhận tin mới khớp với %(followed)s qua thư của %(name)s và có thể rời đi bất cứ lúc nào.")
        return found % {"name": portal, "followed": ", ".join(names)}
    words = _("Tôi muốn nhận tin của %(followed)s qua thư của %(name)s và có thể rời đi bất cứ lúc nào.")
    return words % {"name": portal, "followed": ", ".join(names)}


def press_text(portal: str) -> str:
    """What a journalist agrees to who asks for the press list."""
    return _("Tôi muốn nhận thư dành cho báo chí của %(name)s và có thể rời đi bất cứ lúc nào.") % {"name": portal}
