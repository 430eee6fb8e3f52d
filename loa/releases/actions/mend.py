"""Mend: make the change a finding offers, with one click."""

from loa.accounts.models import Person
from loa.releases.actions.save import save
from loa.releases.models import Release, Way
from loa.releases.preflight.release import finding_of


def mend(release: Release, *, key: str, person: Person | None = None) -> bool:
    """Whether something was changed. Raises StaleRevision, Suspended, WrongState."""
    finding = finding_of(release, key)
    if finding is None or finding.fix is None:
        return False
    field = finding.fix.field
    before = getattr(release, field)
    after = True if field == "is_ai" else finding.fix.of(str(before))
    if after == before:
        return False
    save(release, fields={field: after}, expected_revision=release.revision, person=person, way=Way.MENDED)
    return True
