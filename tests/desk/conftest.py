"""Who sits at the operator's desk."""

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.portals.models import Portal
from tests.conftest import MakePerson


@pytest.fixture
def operator(make_person: MakePerson) -> Person:
    return make_person("Lan", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client: Client, portal: Portal, operator: Person) -> Client:
    """Lan at her desk."""
    client.force_login(operator)
    return client
