"""Take a correction: what is out is corrected at once, unless it comes to say what a person should see first.

Else a harmless text could be let out, and become another one by its correction.
"""

from typing import Any

from loa.accounts.models import Person
from loa.accounts.queries import actor, edits
from loa.lib import html
from loa.moderation.errors import NeedsPerson
from loa.moderation.rules.risk import price_words
from loa.organizations import queries as organizations
from loa.releases.actions.correct import correct
from loa.releases.models import Release

READ = ("headline", "subtitle", "lead", "body_html")


def take_correction(
    person: Person, release: Release, *, fields: dict[str, Any], reason: str, note: str = "", expected_revision: int
) -> Release:
    """Raises NeedsPerson with the words that are new, or none where it is the sender; and what `correct` raises."""
    organization = release.organization
    if not edits(person, organization.portal_id):
        if organizations.is_held(organization) or organizations.is_ownerless(organization):
            raise NeedsPerson(())
        before = {name: getattr(release, name) for name in READ}
        new = set(_found({**before, **fields})) - set(_found(before))
        if new and not organization.is_verified:
            raise NeedsPerson(tuple(sorted(new)))
    return correct(
        actor(person), release, fields=fields, reason=reason, note=note, expected_revision=expected_revision,
        person=person,
    )  # fmt: skip


def _found(texts: dict[str, Any]) -> tuple[str, ...]:
    return price_words(*(html.to_text(str(texts[name])) if name == "body_html" else str(texts[name]) for name in READ))
