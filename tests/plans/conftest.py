"""Plans for the tests of this room."""

from collections.abc import Callable
from typing import Any

import pytest

from loa.plans.models import Plan
from loa.portals.models import Portal

MakePlan = Callable[..., Plan]


@pytest.fixture
def make_plan(portal: Portal) -> MakePlan:
    """Return a maker of dated rows: four releases a month for two million unless said otherwise."""

    def make(slug: str, price: int = 2_000_000, **fields: Any) -> Plan:
        usual = {"name_vi": slug, "allowance": 4}
        return Plan.objects.create(portal=portal, slug=slug, price=price, **{**usual, **fields})

    return make
