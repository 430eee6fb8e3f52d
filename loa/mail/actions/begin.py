"""The last look before a mail goes out."""

from collections.abc import Sequence

from django.db import transaction

from loa.lib import clock
from loa.mail import queries, rules
from loa.mail.actions.lease import LEASE
from loa.mail.models import Copy, Halt, Lane, Message, State, Suppression
from loa.mail.providers.job import Job

MODELS: dict[str, type[Message | Copy]] = {"m": Message, "c": Copy}


def begin(owner: str, jobs: Sequence[Job]) -> list[Job]:
    """Write down which of the jobs in hand go out now, and return them.

    What was called back is out of hand already; a mailing that is paused, closed or stopped, or a lane that is halted,
    gives its mail back. Suppressed addresses are settled here, save in the lane of accounts, whose mails somebody waits
    for: a new password, or the confirmation that takes the suppression away.
    """
    now = clock.now()
    with transaction.atomic():
        held = _held(owner, jobs)
        mine = [job for job in jobs if job.key in held]
        digests = {job.key: rules.digest_of(job.to) for job in mine}
        suppressed = set(Suppression.objects.filter(digest__in=set(digests.values())).values_list("digest", flat=True))
        running = set(queries.running(now).values_list("pk", flat=True)) | {0}
        halted = set(Halt.objects.values_list("lane", flat=True))
        gone = [job for job in mine if digests[job.key] in suppressed and job.lane != Lane.ACCOUNT]
        back = [job for job in mine if job.lane in halted or job.mailing not in running]
        go = [job for job in mine if job not in gone and job not in back]
        _mark(go, state=State.SENDING, lease_until=now + LEASE)
        _mark(back, state=State.PENDING, owner="", lease_until=None)
        _mark(gone, state=State.SUPPRESSED, owner="", lease_until=None)
    return go


def keys_of(jobs: Sequence[Job], kind: str) -> list[int]:
    """The ids of one kind of row."""
    return [job.key[1] for job in jobs if job.key[0] == kind]


def _held(owner: str, jobs: Sequence[Job]) -> set[tuple[str, int]]:
    held = set()
    for kind, model in MODELS.items():
        if keys := keys_of(jobs, kind):
            rows = model._default_manager.filter(pk__in=keys, state=State.LEASED, owner=owner)
            rows = rows.filter(lease_until__gt=clock.now()).select_for_update()
            held |= {(kind, key) for key in rows.values_list("pk", flat=True)}
    return held


def _mark(jobs: Sequence[Job], **values: object) -> None:
    for kind, model in MODELS.items():
        if keys := keys_of(jobs, kind):
            model._default_manager.filter(pk__in=keys).update(**values)
