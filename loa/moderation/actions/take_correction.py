"""Take a correction: what is out is corrected at once, unless it comes to say what a person should see first.

Else a harmless text could be let out, and become another one by its correction.
"""

from typing import Any

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.moderation.rules.again import READ, look
from loa.releases.actions.correct import correct
from loa.releases.models import Release


def take_correction(
    person: Person, release: Release, *, fields: dict[str, Any], reason: str, note: str = "", expected_revision: int
) -> Release:
    """Raises what `again.look` and `correct` raise."""
    before = {name: getattr(release, name) for name in READ}
    look(person, release.organization, before=before, after={**before, **fields})
    return correct(
        actor(person), release, fields=fields, reason=reason, note=note, expected_revision=expected_revision,
        person=person,
    )  # fmt: skip
