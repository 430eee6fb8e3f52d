"""Choose: which kinds of news come by mail, and which are in the inbox alone."""

from collections.abc import Collection

from django.db import transaction

from loa.accounts.models import Person
from loa.inbox.models import Choice
from loa.inbox.rules import CHOSEN


def choose(person: Person, *, by_mail: Collection[str]) -> None:
    """The rest of the kinds there is a choice about is in the inbox alone; twice is once."""
    with transaction.atomic():
        Choice.objects.filter(person=person).delete()
        rows = [Choice(person=person, kind=kind) for kind in CHOSEN if kind not in by_mail]
        Choice.objects.bulk_create(rows, ignore_conflicts=True)
