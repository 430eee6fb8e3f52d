"""What the acts on releases are tried with."""

from collections.abc import Callable

import pytest

from loa.accounts import queries as accounts
from loa.accounts.models import Person
from loa.audit.actions.record import Actor
from loa.lib import clock
from loa.organizations.models import Organization


@pytest.fixture
def actor(an: Person) -> Actor:
    return accounts.actor(an)


@pytest.fixture
def suspend_it() -> Callable[[Organization], None]:
    """Return a call that suspends an organization, as the desk does."""

    def suspend(organization: Organization) -> None:
        organization.suspended_at = clock.now()
        organization.save()

    return suspend
