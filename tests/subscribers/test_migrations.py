"""What readers chose before each wish had a row of its own is kept."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from loa.lib import clock


@pytest.mark.django_db(transaction=True)
def test_choices_of_before_become_a_row_a_wish() -> None:
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    latest = [key for key in leaves if key[0] == "subscribers"]
    around = [key for key in leaves if key[0] in {"portals", "organizations", "topics"}]
    executor.migrate([("subscribers", "0002_following")])
    old = executor.loader.project_state([("subscribers", "0002_following"), *around]).apps
    portal = old.get_model("portals", "Portal").objects.create(slug="vn", name="GlobalVN")
    organization = old.get_model("organizations", "Organization").objects.create(portal=portal, slug="x", name="X")
    section = old.get_model("topics", "Section").objects.create(portal=portal, slug="van-hoa", name_vi="Văn hoá")
    now, subscribers = clock.now(), old.get_model("subscribers", "Subscriber").objects
    for number, values in enumerate(
        [
            {"frequency": "weekly", "language": "en"},
            {"sections": ["van-hoa", "khong-con"]},
            {"is_general": False, "frequency": "at_once"},
            {"state": "left"},
            {"state": "unconfirmed"},
        ]
    ):
        given = {"state": "confirmed", "asked_at": now, "confirmed_at": now, **values}
        reader = subscribers.create(portal=portal, email=f"{number}@vidu.vn", **given)
        if number == 2:
            old.get_model("subscribers", "Following").objects.create(
                subscriber=reader, organization=organization, since=now
            )
    executor.loader.build_graph()
    executor.migrate(latest)
    found = executor.loader.project_state(latest).apps.get_model("subscribers", "Subscription").objects
    rows = found.order_by("subscriber").values_list("subscriber__email", "key", "frequency", "language")
    assert list(rows) == [
        ("0@vidu.vn", "general", "weekly", "en"),
        ("1@vidu.vn", f"section:{section.pk}", "daily", "vi"),
        ("2@vidu.vn", f"organization:{organization.pk}", "at_once", "vi"),
    ]
