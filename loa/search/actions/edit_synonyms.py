"""Says which words mean the same on a portal."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.lib.vietnamese import kept
from loa.portals.models import Portal
from loa.search import queries, synonyms
from loa.search.models import SynonymList


def edit_synonyms(actor: Actor, *, portal: Portal, text: str) -> SynonymList:
    """Takes the lines as they are; raises NoSynonyms for one that says nothing. Searches follow within a minute."""
    lines = kept(text).replace("\r\n", "\n").strip()
    groups = len(synonyms.read(lines).table)
    with transaction.atomic():
        row, _ = SynonymList.objects.update_or_create(portal=portal, defaults={"text": lines, "edited_at": clock.now()})
        record(
            actor,
            act="search.edit_synonyms",
            subject=f"portal:{portal.slug}",
            detail={"lines": len(lines.splitlines()), "words": groups},
        )
    queries.forget_synonym_lines(portal.pk)
    return row
