"""Open early: a named reader agrees to the terms and is shown the text; it is written down each time."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.releases import queries
from loa.releases.errors import NotNow
from loa.releases.models import EarlyReader, Opening, Release
from loa.releases.rules import is_suspended


def open_early(reader: EarlyReader) -> Release:
    """Answers what they may read now. Raises NotNow."""
    with transaction.atomic():
        rows = EarlyReader.objects.select_related("release__organization__portal")
        found = rows.filter(pk=reader.pk, token_digest=reader.token_digest).first()
        if found is None or not queries.may_read_early(found) or is_suspended(found.release):
            raise NotNow
        Opening.objects.create(reader=found, revision=found.release.revision, opened_at=clock.now())
        who = Actor(f"early:{found.public_id}", f"{found.name} <{found.email}>")
        record(who, act="open_early", subject=f"release:{found.release.public_id}")
    return found.release
