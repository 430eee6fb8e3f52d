"""Who may change what is out without the desk: a correction, a text in another language."""

from collections.abc import Mapping
from typing import Any

from loa.accounts.models import Person
from loa.accounts.queries import edits
from loa.lib import html
from loa.moderation.errors import NeedsApprover, NeedsPerson
from loa.moderation.rules.risk import price_words
from loa.organizations import queries as organizations
from loa.organizations.models import Organization

READ = ("headline", "subtitle", "lead", "body_html")
Texts = Mapping[str, Any]
"""Texts by the names of `READ`."""


def look(person: Person, organization: Organization, *, before: Texts, after: Texts) -> None:
    """Raises NeedsApprover where two must agree and this member may not approve; NeedsPerson with the words that are
    new, or none where it is the sender. Editors of the portal are asked nothing.
    """
    if edits(person, organization.portal_id):
        return
    if organizations.is_held(organization) or organizations.is_ownerless(organization):
        raise NeedsPerson(())
    if organization.needs_approval and not organizations.may_approve(person, organization):
        raise NeedsApprover
    new = set(found(after)) - set(found(before))
    if new and not organization.is_verified:
        raise NeedsPerson(tuple(sorted(new)))


def found(texts: Texts) -> tuple[str, ...]:
    """The words in these texts that move prices."""
    return price_words(*(html.to_text(str(texts[name])) if name == "body_html" else str(texts[name]) for name in READ))
