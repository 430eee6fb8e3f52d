"""What is known of an address as such: how it stands where it must not be kept, and whether it may be used."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.crypto import salted_hmac

from loa.subscribers.models import Advertised, BarredDomain, Forgotten
from loa.subscribers.rules.addresses import domain_of, with_parents
from loa.subscribers.rules.advertising import DAY, MOST_A_DAY, next_allowed


def digest_of(email: str) -> str:
    """A keyed hash that stands for an address where the address itself must not be kept."""
    return salted_hmac("loa.subscribers.address", email.strip().lower(), algorithm="sha256").hexdigest()


def is_barred(email: str) -> bool:
    """Say whether an address is of a domain that is thrown away after use, by the operator's list."""
    return BarredDomain.objects.filter(domain__in=with_parents(domain_of(email))).exists()


def barred(emails: Iterable[str]) -> set[str]:
    """Those of many addresses that are of a domain that is thrown away after use."""
    domains = {email: with_parents(domain_of(email)) for email in emails}
    every = {name for names in domains.values() for name in names}
    found = set(BarredDomain.objects.filter(domain__in=every).values_list("domain", flat=True))
    return {email for email, names in domains.items() if found.intersection(names)}


def barred_domains() -> list[str]:
    """Mail domains that are thrown away after use."""
    return list(BarredDomain.objects.order_by("domain").values_list("domain", flat=True))


def forgotten(portal_id: int, emails: Iterable[str]) -> set[str]:
    """Those of many addresses that were erased."""
    by_digest = {digest_of(email): email for email in emails}
    rows = Forgotten.objects.filter(portal=portal_id, digest__in=by_digest)
    return {by_digest[digest] for digest in rows.values_list("digest", flat=True)}


def may_receive_from(emails: Iterable[str], now: datetime, *, zone: str, mailing: str = "") -> dict[str, datetime]:
    """The first moment, within the hours of advertising, when a mailing makes no fourth in 24 hours; one read.

    An address that was counted for this very mailing already keeps the moment it has.
    """
    digests = {email: digest_of(email) for email in emails}
    mine: dict[str, datetime] = {}
    others: defaultdict[str, list[datetime]] = defaultdict(list)
    rows = Advertised.objects.filter(digest__in=set(digests.values()), at__gt=now - DAY).order_by("-at")
    for digest, of, at in rows.values_list("digest", "mailing", "at"):
        if of == mailing:
            mine[digest] = max(at, now)
        else:
            others[digest].append(at)
    return {
        email: mine[digest] if digest in mine else _first_after(others[digest], now, zone)
        for email, digest in digests.items()
    }


def _first_after(newest_first: Sequence[datetime], now: datetime, zone: str) -> datetime:
    is_full = len(newest_first) >= MOST_A_DAY
    return next_allowed(newest_first[MOST_A_DAY - 1] + DAY if is_full else now, zone)
