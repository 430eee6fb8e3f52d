"""Submitting: what is missing is said in sentences."""

from typing import Any

import pytest

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.organizations.models import Organization
from loa.releases.actions.save import begin
from loa.releases.actions.submit import submit
from loa.releases.errors import NotReady, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.states import State
from tests.conftest import Write


def test_a_draft_goes_to_the_desk(an: Person, write: Write) -> None:
    submitted = submit(an, write())
    assert submitted.state == State.SUBMITTED
    assert submitted.submitted_at is not None
    assert Record.objects.filter(act="submit", subject=f"release:{submitted.public_id}").count() == 1


def test_each_missing_thing_is_a_sentence(an: Person, organization: Organization) -> None:
    with pytest.raises(NotReady) as caught:
        submit(an, begin(an, organization, fields={"pictures": [{"url": "/media/x.webp"}]}))
    assert len(caught.value.reasons) == 6
    assert all(reason.endswith((".", ")")) for reason in caught.value.reasons)
    assert Release.objects.get().state == State.DRAFT


def test_it_is_submitted_once(an: Person, write: Write) -> None:
    release = submit(an, write())
    with pytest.raises(WrongState):
        submit(an, release)


def test_a_suspended_organization_does_not_submit(
    an: Person, write: Write, organization: Organization, suspend_it: Any
) -> None:
    release = write()
    suspend_it(organization)
    with pytest.raises(Suspended):
        submit(an, release)
