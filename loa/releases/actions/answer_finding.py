"""Answer a finding: a writer leaves as it is what pre-flight found, and says why."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import vietnamese
from loa.releases.errors import Suspended, WrongState
from loa.releases.models import Answer, Release
from loa.releases.preflight.release import finding_of
from loa.releases.rules import is_suspended
from loa.releases.states import EDITABLE


def answer_finding(person: Person, release: Release, *, key: str, reason: str) -> bool:
    """Whether there was such a finding; a second answer takes the place of the first. Raises WrongState, Suspended."""
    if release.state not in EDITABLE:
        raise WrongState(release.state)
    if is_suspended(release):
        raise Suspended
    finding = finding_of(release, key)
    if finding is None:
        return False
    said = {
        "check_name": finding.check, "what": finding.what[:300], "excerpt": finding.excerpt[:400],
        "reason": vietnamese.kept(reason.strip())[:500], "person": person,
    }  # fmt: skip
    with transaction.atomic():
        Answer.objects.update_or_create(release=release, key=key, defaults=said)
        detail = {"check": finding.check, "reason": said["reason"]}
        record(actor(person), act="answer_finding", subject=f"release:{release.public_id}", detail=detail)
    return True
