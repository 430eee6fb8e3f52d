"""Writes one link of the chain inside the act's own transaction."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from loa.audit.models import Head, Record
from loa.lib import clock


@dataclass(frozen=True)
class Actor:
    """Who acts: an id and a label, never a key of a table above."""

    id: str
    label: str


SYSTEM = Actor("system", "Loa")


def record(actor: Actor, *, act: str, subject: str, detail: dict[str, Any] | None = None) -> Record:
    """Chain one record; call it last in the act, since everyone who records waits for its lock."""
    with transaction.atomic():
        head = Head.objects.select_for_update().filter(pk=1).first() or Head(pk=1)
        row = Record(
            at=clock.now(),
            actor_id=actor.id,
            actor_label=actor.label[:200],
            act=act,
            subject=subject,
            detail=json.loads(json.dumps(detail or {}, default=str)),
            previous_digest=head.digest,
        )
        row.digest = digest_of(row)
        row.save(force_insert=True)
        head.digest = row.digest
        head.save()
        return row


def digest_of(row: Record) -> str:
    """SHA-256 over the record in canonical JSON, the digest before it included."""
    at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(row.at)
    parts = [row.previous_digest, at.isoformat(), row.actor_id, row.actor_label, row.act, row.subject, row.detail]
    line = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()
