"""Read: a person has seen what happened."""

from loa.accounts.models import Person
from loa.inbox import queries
from loa.inbox.models import Item
from loa.lib import clock
from loa.portals.models import Portal


def read(item: Item) -> None:
    """Twice keeps the first moment."""
    Item.objects.filter(pk=item.pk, read_at=None).update(read_at=clock.now())


def read_all(person: Person, portal: Portal, *, until: int) -> None:
    """Everything up to an item that the page showed; what came since stays unread."""
    queries.of_person(person, portal).filter(read_at=None, pk__lte=until).order_by().update(read_at=clock.now())
