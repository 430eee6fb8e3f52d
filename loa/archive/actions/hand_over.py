"""Hand over: entries become another organization's; their texts, versions and digests stay as they were."""

from loa.archive.models import Entry


def hand_over(organization_id: int, into_id: int) -> list[str]:
    """Inside the caller's transaction; answers the public ids of the entries that moved."""
    moved = list(Entry.objects.filter(organization_id=organization_id).values_list("public_id", flat=True))
    Entry.objects.filter(organization_id=organization_id).update(organization_id=into_id)
    through = Entry.partners.through
    beside = through.objects.filter(organization_id=organization_id)
    told = list(Entry.objects.filter(partners=organization_id).values_list("public_id", flat=True))
    beside.filter(entry__in=through.objects.filter(organization_id=into_id).values("entry")).delete()
    beside.filter(entry__organization_id=into_id).delete()
    beside.update(organization_id=into_id)
    return [*moved, *told]
