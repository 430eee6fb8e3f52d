"""Reads of the chain."""

from django.db.models import QuerySet

from loa.audit.actions.record import digest_of
from loa.audit.models import Head, Record


def of(subject: str) -> QuerySet[Record]:
    """What was done to a subject, newest first."""
    return Record.objects.filter(subject=subject).order_by("-id")


def newest() -> QuerySet[Record]:
    """Everything, newest first."""
    return Record.objects.order_by("-id")


def verify() -> int | None:
    """The id of the first record that does not fit the chain, 0 when its end is cut off, None when all is well."""
    previous = ""
    for row in Record.objects.order_by("id").iterator():
        if row.previous_digest != previous or row.digest != digest_of(row):
            return row.pk
        previous = row.digest
    head = Head.objects.filter(pk=1).first()
    return None if previous == (head.digest if head else "") else 0
