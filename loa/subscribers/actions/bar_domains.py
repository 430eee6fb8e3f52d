"""Says which mail domains are thrown away after use."""

from collections.abc import Iterable

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.subscribers.models import BarredDomain


def bar_domains(actor: Actor, domains: Iterable[str]) -> None:
    """Let these be all of them; readers who are there already stay."""
    wanted = set(domains)
    with transaction.atomic():
        before = set(BarredDomain.objects.values_list("domain", flat=True))
        BarredDomain.objects.filter(domain__in=before - wanted).delete()
        BarredDomain.objects.bulk_create(
            [BarredDomain(domain=name) for name in sorted(wanted - before)], ignore_conflicts=True
        )
        detail = {"added": sorted(wanted - before), "removed": sorted(before - wanted)}
        record(actor, act="bar_domains", subject="subscribers", detail=detail)
