"""Writes down what became of mails a sender began, many at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from loa.lib import clock
from loa.mail.actions.begin import MODELS, keys_of
from loa.mail.models import WAITING, Lane, State
from loa.mail.providers.job import Job, Outcome

MOST_ATTEMPTS = 12  # with pauses of 2^n seconds up to an hour: some three hours
MOST_DOUBTS = 3
LONGEST_PAUSE = 3600


def settle(owner: str, outcomes: Sequence[Outcome]) -> None:
    """Move the rows this sender marked as sending; what is settled already stays as it is.

    A mail in doubt is sent again where a second copy is a lesser harm than none (accounts, news asked for at once); a
    newsletter waits for a person. What was called back while it was in hand is not tried again.
    """
    groups: defaultdict[tuple[str, str, int, int], list[Job]] = defaultdict(list)
    for outcome in outcomes:
        state, attempts, pause = _fate(outcome)
        answer = (
            "" if state == State.SENT else outcome.answer[:2000]
        )  # each has a number of its own, and none is needed
        groups[state, answer, attempts, pause].append(outcome.job)
    with transaction.atomic():
        for (state, answer, attempts, pause), jobs in groups.items():
            values: dict[str, object] = {"state": state, "owner": "", "lease_until": None, "error": answer}
            if state == State.SENT:
                values |= {"sent_at": clock.now()}
            if state != State.PENDING:
                values |= {"attempts": attempts, "not_before": clock.now() + timedelta(seconds=pause)}
            _move(owner, jobs, values, may_wait=state in WAITING)
        _count_doubts([outcome.job for outcome in outcomes if outcome.what == "doubt"])


def _fate(outcome: Outcome) -> tuple[str, int, int]:
    """The state an outcome leads to, the attempts made, and the seconds to wait."""
    job, attempts = outcome.job, outcome.job.attempts + 1
    pause = min(LONGEST_PAUSE, 2**attempts)
    match outcome.what:
        case "sent" | "bounced" | "failed":
            return {"sent": State.SENT, "bounced": State.BOUNCED, "failed": State.FAILED}[outcome.what], attempts, 0
        case "released":
            return State.PENDING, job.attempts, 0
        case "doubt" if job.lane == Lane.NEWS or job.doubts + 1 >= MOST_DOUBTS:
            return State.IN_DOUBT, attempts, 0
        case _ if attempts >= MOST_ATTEMPTS:
            return State.FAILED, attempts, 0
        case _:
            return State.DEFERRED, attempts, pause


def _move(owner: str, jobs: Sequence[Job], values: dict[str, object], *, may_wait: bool) -> None:
    for kind, model in MODELS.items():
        if keys := keys_of(jobs, kind):
            rows = model._default_manager.filter(pk__in=keys, owner=owner, state=State.SENDING)
            if may_wait:
                rows.filter(is_called_back=True).update(state=State.CANCELLED, owner="", lease_until=None)
            rows.update(**values)


def _count_doubts(jobs: Sequence[Job]) -> None:
    for job in jobs:
        MODELS[job.key[0]]._default_manager.filter(pk=job.key[1]).update(doubts=job.doubts + 1)
