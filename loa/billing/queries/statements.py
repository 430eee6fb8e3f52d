"""What a statement would change, before anything of it is taken in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from loa.billing.models import BankTransfer
from loa.billing.queries import orders
from loa.billing.rules import codes
from loa.billing.rules.matching import Due, shares
from loa.billing.rules.statements import Line
from loa.portals.models import Portal


@dataclass(frozen=True)
class Foreseen:
    """One line: the orders it would pay, by code; the transfer it is already, or is perhaps."""

    line: Line
    shares: dict[str, int]
    known: BankTransfer | None = None
    alike: BankTransfer | None = None  # the same sum, day and codes under another reference: a hook may have told of it

    @property
    def is_conflict(self) -> bool:
        """Whether its reference stands already with another amount."""
        return self.known is not None and self.known.amount != self.line.amount

    @property
    def is_offered(self) -> bool:
        """Whether it is ticked to be taken in unless a person says otherwise."""
        return self.known is None and self.alike is None


def foresee(portal: Portal, account: str, lines: Iterable[Line]) -> list[Foreseen]:
    """The lines in their order; each is matched as if those before it had been taken in."""
    zone, lines = ZoneInfo(portal.time_zone), list(lines)
    told = _told(portal, account, lines) if lines else []
    by_reference = {row.transaction_id: row for row in told}
    by_likeness = {_likeness(row.amount, row.at, row.note, zone): row for row in told}
    missing = {due.code: due.missing for due in orders.live(portal)}
    found = []
    for line in lines:
        known = by_reference.get(line.reference)
        alike = None if known else by_likeness.get(_likeness(line.amount, line.at, line.note, zone))
        given = {} if known or alike else _taken(line, missing)
        found.append(Foreseen(line, given, known, alike))
    return found


def _told(portal: Portal, account: str, lines: list[Line]) -> list[BankTransfer]:
    """The transfers a statement may be telling of again: by reference, or about its days."""
    days, moments = timedelta(days=1), [line.at for line in lines]
    around = Q(at__gte=min(moments) - days, at__lte=max(moments) + days)
    known = Q(transaction_id__in=[line.reference for line in lines])
    return list(BankTransfer.objects.filter(known | around, portal=portal, account=account).defer("raw"))


def _taken(line: Line, missing: dict[str, int]) -> dict[str, int]:
    given = shares(line.note, line.amount, [Due(code, left) for code, left in missing.items() if left > 0])
    for code, amount in given.items():
        missing[code] -= amount
    return given


def _likeness(amount: int, at: datetime, note: str, zone: ZoneInfo) -> tuple[int, date, frozenset[str]]:
    """What two tellings of one transfer have in common, whatever each calls it: sum, day, and the codes named."""
    return amount, at.astimezone(zone).date(), frozenset(found.code for found in codes.found_in(note))
