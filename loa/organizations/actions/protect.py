"""Protect: the operator says which names are guarded; whoever looks like one waits for a person."""

from collections.abc import Iterable

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import vietnamese
from loa.organizations.actions.compare import compare_protected
from loa.organizations.models import ProtectedName
from loa.portals.models import Portal


def protect(actor: Actor, portal: Portal, *, names: Iterable[tuple[str, str]]) -> None:
    """The whole list, name and domain in ASCII or none; what is not in it is guarded no more."""
    wanted = {vietnamese.kept(name): domain for name, domain in names if name}
    with transaction.atomic():
        kept = {row.name: row for row in ProtectedName.objects.filter(portal=portal)}
        gone = [row.pk for name, row in kept.items() if wanted.get(name) != row.domain]
        ProtectedName.objects.filter(pk__in=gone).delete()
        new = [name for name, domain in wanted.items() if name not in kept or kept[name].domain != domain]
        for name in new:
            compare_protected(ProtectedName.objects.create(portal=portal, name=name, domain=wanted[name]))
        if gone or new:
            detail = {"names": len(wanted), "new": new[:50]}
            record(actor, act="protect", subject=f"portal:{portal.slug}", detail=detail)
