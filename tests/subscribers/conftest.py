"""A portal, and somebody at its desk."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import Actor
from loa.portals.models import Portal
from tests.conftest import MakePerson
from tests.entries import make_portal


@pytest.fixture
def vn(tmp_path: Path, settings: Any, db: None) -> Portal:
    settings.STATIC_ROOT = tmp_path
    return make_portal()


@pytest.fixture
def lan(make_person: MakePerson) -> Person:
    return make_person("Lan", is_staff=True)


@pytest.fixture
def editor(lan: Person) -> Actor:
    return actor(lan)


@pytest.fixture
def desk(client: Client, lan: Person) -> Client:
    """Lan at her desk."""
    client.force_login(lan)
    return client
