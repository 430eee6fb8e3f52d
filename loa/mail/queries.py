"""Reads of outgoing mail."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from loa.mail import rules
from loa.mail.models import (
    UNSETTLED,
    WAITING,
    Copy,
    Halt,
    Lane,
    Mailing,
    Message,
    MessageAbout,
    Receiver,
    State,
    Suppression,
)


@dataclass(frozen=True)
class Report:
    """What became of a mailing, to the last recipient; the parts always make up what is expected."""

    expected: int
    pending: int  # waiting, or in a sender's hands
    sent: int
    deferred: int
    bounced: int
    suppressed: int
    failed: int
    in_doubt: int
    cancelled: int

    @property
    def is_exact(self) -> bool:
        """Say whether every recipient is accounted for once."""
        settled = self.sent + self.bounced + self.suppressed + self.failed + self.in_doubt + self.cancelled
        return self.expected == settled + self.pending + self.deferred


def due(now: datetime) -> QuerySet[Message]:
    """Messages that should leave now, lane by lane, save those of a lane that is halted."""
    waiting = Message.objects.filter(state__in=WAITING, not_before__lte=now)
    return waiting.exclude(lane__in=Halt.objects.values("lane")).order_by("lane", "not_before", "id")


def running(now: datetime) -> QuerySet[Mailing]:
    """Mailings of which something may leave now, in their order; their words are not read until asked for."""
    halted = Halt.objects.values("lane")
    rows = Mailing.objects.filter(finished_at=None, is_paused=False, not_before__lte=now).exclude(lane__in=halted)
    rows = rows.filter(Q(closes_at=None) | Q(closes_at__gt=now))
    return rows.exclude(state=Mailing.State.STOPPED).defer("text", "html", "headers").order_by("lane", "id")


def closed(prefix: str, now: datetime) -> QuerySet[Mailing]:
    """One maker's mailings that have closed and are not finished; see `loa.mail.actions.open_until`."""
    rows = Mailing.objects.filter(finished_at=None, closes_at__lte=now, key__startswith=prefix)
    return rows.exclude(state=Mailing.State.STOPPED).defer("text", "html", "headers").order_by("id")


def later(mailing: Mailing, now: datetime) -> tuple[int, datetime | None]:
    """How many copies wait for a moment of their own, and the last such moment."""
    rows = Copy.objects.filter(mailing=mailing, state=State.PENDING, not_before__gt=now)
    found = rows.aggregate(n=Count("id"), last=Max("not_before"))
    return found["n"], found["last"]


def report(mailing: Mailing) -> Report:
    """Count a mailing's recipients where they stand at this moment."""
    return reports([mailing])[mailing.pk]


def reports(mailings: Iterable[Mailing]) -> dict[int, Report]:
    """The same for many, by the mailing's id."""
    of = {mailing.pk: mailing for mailing in mailings}
    rows = Copy.objects.filter(mailing__in=of).values_list("mailing", "state").annotate(n=Count("id")).order_by()
    found: dict[int, dict[str, int]] = {key: {} for key in of}
    for key, state, count in rows:
        found[key][state] = count
    return {key: _report(mailing, found[key]) for key, mailing in of.items()}


def _report(mailing: Mailing, found: dict[str, int]) -> Report:
    in_hand = found.pop(State.LEASED, 0) + found.pop(State.SENDING, 0)
    counts = {state: found.get(state, 0) for state in NAMED} | {"pending": found.get(State.PENDING, 0) + in_hand}
    expected = sum(counts.values()) if mailing.expected is None else mailing.expected
    return Report(expected=expected, **counts)


NAMED = ("sent", "deferred", "bounced", "suppressed", "failed", "in_doubt", "cancelled")


def called_back(prefix: str) -> QuerySet[Message]:
    """Cancelled messages of one maker (by the beginning of their keys) that wait to be built again, oldest first."""
    named = MessageAbout.objects.filter(called_back_at__isnull=False).values("message")
    return Message.objects.filter(pk__in=named, state=State.CANCELLED, key__startswith=prefix).order_by("id")


def mailings_called_back(prefix: str) -> QuerySet[Mailing]:
    """One maker's mailings that were stopped because of what they name, oldest first; see `close_mailing`.

    Whom they did not reach is told by `not_reached` once `finished_at` is set.
    """
    rows = Mailing.objects.filter(about__called_back_at__isnull=False, key__startswith=prefix)
    return rows.distinct().order_by("id")


def not_reached(mailing: Mailing) -> QuerySet[Copy]:
    """The copies that were cancelled before they left."""
    return Copy.objects.filter(mailing=mailing, state=State.CANCELLED).order_by("id")


def suppressed(addresses: Iterable[str]) -> set[str]:
    """Those of many addresses no news may be sent to; one read."""
    by_digest = {rules.digest_of(address): address for address in addresses}
    found = Suppression.objects.filter(digest__in=by_digest).values_list("digest", flat=True)
    return {by_digest[digest] for digest in found}


@dataclass(frozen=True)
class Standing:
    """How much waits in a lane."""

    lane: str
    waiting: int
    in_hand: int
    deferred: int
    in_doubt: int
    is_halted: bool


def lanes() -> list[Standing]:
    """Every lane, the first to go first; settled mail is not counted, nor what a person let be."""
    open_mailings = Mailing.objects.filter(finished_at=None)
    alive = (*UNSETTLED, State.IN_DOUBT)
    counted: Counter[tuple[str, str]] = Counter()
    messages = Message.objects.filter(state__in=alive, is_left=False).values_list("lane", "state")
    for lane, state, count in messages.annotate(n=Count("id")).order_by():
        counted[lane, state] += count
    waiting = Copy.objects.filter(mailing__in=open_mailings, state__in=UNSETTLED).values_list("mailing__lane", "state")
    doubtful = Copy.objects.filter(state=State.IN_DOUBT, is_left=False).values_list("mailing__lane", "state")
    for rows in (waiting, doubtful):
        for lane, state, count in rows.annotate(n=Count("id")).order_by():
            counted[lane, state] += count
    halted = set(Halt.objects.values_list("lane", flat=True))
    return [
        Standing(
            lane, counted[lane, "pending"], counted[lane, "leased"] + counted[lane, "sending"],
            counted[lane, "deferred"], counted[lane, "in_doubt"], lane in halted,
        )
        for lane in Lane.values
    ]  # fmt: skip


def failing() -> QuerySet[Receiver]:
    """Domains that are left alone for now; the first, without a name, is the relay itself."""
    return Receiver.objects.order_by("name")


def messages_in_doubt() -> QuerySet[Message]:
    """Single mails a person must decide about, oldest first."""
    return Message.objects.filter(state=State.IN_DOUBT, is_left=False).order_by("id")


def copies_in_doubt() -> dict[int, int]:
    """How many copies a person must decide about, by the mailing's id."""
    rows = Copy.objects.filter(state=State.IN_DOUBT, is_left=False).values_list("mailing")
    return dict(rows.annotate(n=Count("id")).order_by("mailing"))
