"""Takes waiting mail in hand, lane by lane, for a while."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial

from django.db import transaction
from django.db.models import Q

from loa.lib import clock
from loa.mail import queries, rules, splice
from loa.mail.errors import BadAddress, BadHeader
from loa.mail.models import WAITING, Copy, Lane, Mailing, Message, State
from loa.mail.providers.job import Job

LEASE = timedelta(minutes=15)  # longer than a text may go without an answer
KEPT = 32  # rendered mailings

Row = tuple[int, str, str, str, dict[str, str], int, int]
COLUMNS = ("pk", "key", "to", "domain", "slots", "attempts", "doubts")


@dataclass(frozen=True)
class Room:
    """How many mails may be taken, for which domains none, and for one domain how many at most.

    Domains that are closed are so for everything but the lane of accounts, whose mails have their own pauses only.
    """

    most: int
    avoid: Collection[str] = ()
    closed: Collection[str] = ()
    most_of_one: int = 128
    lanes: Collection[str] = tuple(Lane.values)
    only: str = ""  # a domain


def lease(owner: str, room: Room) -> list[Job]:
    """Take mails in hand for this sender: accounts, then news asked for at once, then newsletters."""
    now, jobs = clock.now(), list[Job]()
    with transaction.atomic():
        messages = _messages(room)
        mailings = list(queries.running(now).filter(lane__in=room.lanes))
        for lane in room.lanes:
            jobs += _take_messages(owner, [row for row in messages if row.lane == lane][: room.most - len(jobs)])
            for mailing in mailings:
                if mailing.lane == lane and len(jobs) < room.most:
                    jobs += _take_copies(owner, mailing, room, room.most - len(jobs))
    return jobs


def _messages(room: Room) -> list[Message]:
    """Single mails that may be taken, lane by lane."""
    rows = queries.due(clock.now()).filter(lane__in=room.lanes)
    rows = rows.exclude(domain__in=room.avoid) if room.avoid else rows
    rows = rows.filter(Q(lane=Lane.ACCOUNT) | ~Q(domain__in=room.closed)) if room.closed else rows
    rows = rows.filter(domain=room.only) if room.only else rows
    return list(rows.select_for_update(skip_locked=True)[: room.most])


def _take_messages(owner: str, rows: Sequence[Message]) -> list[Job]:
    if rows:
        _take(owner, Message, [row.pk for row in rows])
    return [job for row in rows if (job := _job_of_message(row)) is not None]


def _take_copies(owner: str, mailing: Mailing, room: Room, most: int) -> list[Job]:
    """The first that are due; once one domain has its share, the first of the others."""
    counts, jobs, now = Counter[str](), list[Job](), clock.now()
    for state in WAITING:
        while len(jobs) < most:
            full = {domain for domain, count in counts.items() if count >= room.most_of_one}
            rows = Copy.objects.filter(mailing=mailing, state=state, not_before__lte=now)
            rows = rows.filter(domain=room.only) if room.only else rows
            shut = full.union(room.avoid, room.closed if mailing.lane != Lane.ACCOUNT else ())
            rows = rows.exclude(domain__in=shut) if shut else rows
            rows = rows.select_for_update(skip_locked=True).order_by("not_before")
            page: list[Row] = list(rows.values_list(*COLUMNS)[: most - len(jobs)])
            chosen = [row for row in page if _has_room(counts, row[3], room.most_of_one)]
            if not chosen:
                break
            _take(owner, Copy, [row[0] for row in chosen])
            jobs += [_job_of_copy(mailing, row) for row in chosen]
    return jobs


def _has_room(counts: Counter[str], domain: str, most: int) -> bool:
    counts[domain] += 1
    return counts[domain] <= most


def _take(owner: str, model: type[Message | Copy], keys: Sequence[int]) -> None:
    rows = model._default_manager.filter(pk__in=keys, state__in=WAITING)
    rows.update(state=State.LEASED, owner=owner, lease_until=clock.now() + LEASE)


def _job_of_message(row: Message) -> Job | None:
    """The job; None for a row no mail can be made of, which has failed."""
    try:
        address, compiled = rules.read_address(row.to), splice.compile_message(row)
    except (BadAddress, BadHeader) as error:
        Message.objects.filter(pk=row.pk).update(state=State.FAILED, owner="", lease_until=None, error=str(error))
        return None
    values = {"to": address.email, "message_id": row.public_id}
    return Job(
        key=("m", row.pk), lane=row.lane, to=address.email, domain=address.domain, name=row.public_id,
        sender=compiled.sender, render=partial(compiled.fill, values), attempts=row.attempts, doubts=row.doubts,
    )  # fmt: skip


def _job_of_copy(mailing: Mailing, row: Row) -> Job:
    key, name, to, domain, slots, attempts, doubts = row
    message_id = splice.message_id(mailing.public_id, name)
    compiled = _compiled(mailing.pk, mailing.public_id)
    return Job(
        key=("c", key), lane=mailing.lane, to=to, domain=domain, name=message_id, sender=compiled.sender,
        render=partial(compiled.fill, {**slots, "to": to, "message_id": message_id}), attempts=attempts,
        doubts=doubts, mailing=mailing.pk,
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _compiled(mailing: int, public_id: str) -> splice.Compiled:
    """A mailing's mail, rendered once; its words never change."""
    return splice.compile_mailing(Mailing.objects.get(pk=mailing, public_id=public_id))
