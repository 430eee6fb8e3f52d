"""Adds or changes a heading of the portal."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.lib.vietnamese import kept
from loa.portals.models import Portal
from loa.topics.models import Section


def edit_section(actor: Actor, *, portal: Portal, slug: str, names: tuple[str, str], position: int) -> Section:
    """Names are Vietnamese and English; the slug is the address and stays."""
    with transaction.atomic():
        section, _ = Section.objects.update_or_create(
            portal=portal,
            slug=slug,
            defaults={"name_vi": kept(names[0]), "name_en": kept(names[1]), "position": position},
        )
        record(actor, act="desk.edit_section", subject=f"section:{slug}", detail={"portal": portal.slug})
        purge(["frame"])
        return section
