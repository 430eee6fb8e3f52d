"""Who sits at the operator's desk."""

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.portals.models import Portal


@pytest.fixture
def desk(client: Client, portal: Portal, operator: Person) -> Client:
    """Lan at her desk."""
    client.force_login(operator)
    return client
