"""Set a quota: how much the files of one owner may take, or as much as everybody's."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.media.models import Quota


def set_quota(actor: Actor, owner_key: str, *, most: int | None) -> None:
    """In bytes; 0: as much as they like, None: what holds for all. What is there stays, however much it is."""
    with transaction.atomic():
        Quota.objects.get_or_create(owner_key=owner_key)
        kept = Quota.objects.select_for_update().get(owner_key=owner_key)
        if kept.most == most:
            return
        detail = {"from": kept.most, "to": most}
        kept.most = most
        kept.save(update_fields=["most"])
        record(actor, act="set_quota", subject=owner_key, detail=detail)
