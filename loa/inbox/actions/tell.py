"""Tell: what happened to a person is written down, and mailed where they want it, in the caller's transaction."""

from dataclasses import dataclass, field

from loa.accounts.models import Person
from loa.inbox.models import Item
from loa.inbox.rules import EVENTS, is_mailed
from loa.lib import clock
from loa.mail.actions.queue import Mail, queue_all
from loa.portals.models import Portal


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What a row says: the event, the names in its sentence, the text it is about, what was said, where it leads."""

    portal: Portal
    event: str
    names: dict[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    said: str = ""
    path: str = ""


def tell(mail: Mail, what: Happening, *, person: Person | None = None) -> None:
    """To a person, under the key of their mail; where the act knows an address alone, to whoever has it.

    An address that is nobody's gets the mail alone.
    """
    person = person or Person.objects.filter(email=mail.to.strip().lower()).first()
    if person is None or is_mailed(person, what.event):
        queue_all([mail])
    if person is not None:
        note(person, what, key=mail.key)


def note(person: Person, what: Happening, *, key: str) -> None:
    """The row alone, unless its key is there already."""
    if what.event not in EVENTS:
        raise ValueError(what.event)
    row = Item(
        key=key[:200], portal=what.portal, person=person, event=what.event, names=what.names, title=what.title[:300],
        language=what.language, said=what.said, path=what.path, at=clock.now(),
    )  # fmt: skip
    Item.objects.bulk_create([row], ignore_conflicts=True)
