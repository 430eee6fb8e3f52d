"""What is known of an address as such: how it stands where it must not be kept, and whether it may be used."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count
from django.utils.crypto import salted_hmac

from loa.subscribers.models import Advertised, BarredDomain, Forgotten
from loa.subscribers.rules.addresses import domain_of, with_parents
from loa.subscribers.rules.advertising import DAY, MOST_A_DAY


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


def may_receive(emails: Iterable[str], now: datetime, *, mailing: str = "") -> set[str]:
    """Those of the addresses that had fewer than three advertising mails in the 24 hours before; one read.

    What was counted for this very mailing already does not keep anybody from it.
    """
    by_digest = {digest_of(email): email for email in emails}
    rows = Advertised.objects.filter(digest__in=by_digest, at__gt=now - DAY).exclude(mailing=mailing).values("digest")
    full = rows.annotate(n=Count("pk")).filter(n__gte=MOST_A_DAY).values_list("digest", flat=True)
    return {by_digest[digest] for digest in by_digest.keys() - set(full)}
