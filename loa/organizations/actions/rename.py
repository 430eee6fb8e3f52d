"""Rename: the desk changes what an organization is called; its address stays."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.edge.actions.purge import purge
from loa.lib import vietnamese
from loa.organizations.actions.compare import compare
from loa.organizations.models import Organization


def rename(moderator: Person, organization: Organization, *, name: str, name_en: str = "") -> None:
    """The new name is compared with those of others."""
    with transaction.atomic():
        kept = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
        before = kept.name
        kept.name, kept.name_en = vietnamese.kept(name.strip()), vietnamese.kept(name_en.strip())
        kept.save()
        compare(kept)
        detail = {"before": before, "now": kept.name}
        record(actor(moderator), act="rename", subject=f"organization:{kept.pk}", detail=detail)
        purge([f"org:{kept.pk}", "front"])
