"""Takes a file of addresses in, with the proof that their owners agreed."""

from datetime import date

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.portals.models import Portal
from loa.subscribers.errors import NotATable
from loa.subscribers.models import Bringing, Frequency
from loa.subscribers.rules import GENERAL, tables


def begin_bringing(
    actor: Actor, portal: Portal, *, content: bytes, source: str, proof: str, consented_on: date,
    proof_file: tuple[str, bytes] = ("", b""),
) -> Bringing:  # fmt: skip
    """Keep the file until its columns are chosen; nobody is added yet. Raises NotATable."""
    text = tables.read(content)
    lines = list(tables.rows(text))
    column = tables.email_column(lines[:200])
    if column is None or len(lines) > tables.MOST_LINES:
        raise NotATable
    has_head = tables.has_head(lines, column)
    choices = {
        "email": column, "language": None, "has_head": has_head, "list": GENERAL,
        "frequency": Frequency.DAILY.value, "asks": False,
    }  # fmt: skip
    with transaction.atomic():
        made = Bringing.objects.create(
            portal=portal, source=source, proof=proof, consented_on=consented_on, table=text, choices=choices,
            proof_name=proof_file[0][:200], proof_file=proof_file[1], by=actor.label[:200], begun_at=clock.now(),
            lines=len(lines) - has_head,
        )  # fmt: skip
        record(actor, act="begin_bringing", subject=f"bringing:{made.public_id}", detail={"lines": made.lines})
    return made
