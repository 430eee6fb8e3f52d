"""Writes down that a person agreed, to which text and in which words."""

from django.db import transaction

from loa.accounts.models import Person, TermsAgreement
from loa.accounts.queries import actor
from loa.audit.actions.record import record


def agree(person: Person, *, text_version: str, statement: str) -> TermsAgreement:
    """Keep the words as they stood beside the box, since the page may change later."""
    with transaction.atomic():
        agreement = TermsAgreement.objects.create(person=person, text_version=text_version, statement=statement)
        record(
            actor(person),
            act="accounts.agree",
            subject=f"person:{person.pk}",
            detail={"text_version": text_version, "statement": statement},
        )
        return agreement
