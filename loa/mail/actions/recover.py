"""Settles what dead senders had in hand, from the journals they left."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from loa.lib import clock
from loa.mail import journal
from loa.mail.actions.begin import MODELS
from loa.mail.actions.settle import settle
from loa.mail.journal import Left
from loa.mail.models import IN_HAND, State
from loa.mail.providers.job import Job, Outcome

PAGE = 1000
ROWS = tuple(MODELS.items())
COLUMNS = {
    "m": ("pk", "lane", "to", "domain", "attempts", "doubts"),
    "c": ("pk", "mailing__lane", "to", "domain", "attempts", "doubts"),
}
UNKNOWN = "the sender ended before it wrote down what became of this"


def recover() -> int:
    """Take over from senders of this machine that died, and from any whose lease ran out; returns how many rows.

    Done by two at once or again after a crash, each row is still moved once: it is its dead owner's until then.
    """
    count = 0
    with journal.left_behind() as found:
        for left in found:
            count += sum(_settle(kind, model._default_manager.filter(owner=left.owner), left) for kind, model in ROWS)
    for kind, model in ROWS:
        expired = model._default_manager.filter(state__in=IN_HAND, lease_until__lte=clock.now())
        count += _settle(kind, expired.exclude(state=State.SENDING, owner__in=journal.living()), None)
    return count


def _settle(kind: str, rows: QuerySet[Any], left: Left | None) -> int:
    """Move every row of dead senders; without a journal what they had begun is in doubt."""
    count = rows.filter(state=State.LEASED).update(state=State.PENDING, owner="", lease_until=None)
    while page := list(rows.filter(state=State.SENDING).order_by("pk").values_list("owner", *COLUMNS[kind])[:PAGE]):
        outcomes: defaultdict[str, list[Outcome]] = defaultdict(list)
        for owner, *columns in page:
            outcomes[owner].append(_outcome(_job(kind, *columns), left))
        with transaction.atomic():
            for owner, found in outcomes.items():
                settle(owner, found)
        count += len(page)
    return count


def _job(kind: str, key: int, lane: str, to: str, domain: str, attempts: int, doubts: int) -> Job:
    """A row as a job, as far as settling needs to know it."""
    return Job(
        key=(kind, key), lane=lane, to=to, domain=domain, name="", sender="", render=bytes, attempts=attempts,
        doubts=doubts,
    )  # fmt: skip


def _outcome(job: Job, left: Left | None) -> Outcome:
    """What its journal says; begun without an end it is in doubt, and never begun it is as if it had waited."""
    if left is not None and job.this_try in left.ended:
        what, answer = left.ended[job.this_try]
        return Outcome(job, what, answer)
    if left is not None and left.is_whole and job.this_try not in left.started:
        return Outcome(job, "released")
    return Outcome(job, "doubt", UNKNOWN)
