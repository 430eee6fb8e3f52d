"""count: adds views a day, and passes over what is no entry."""

from datetime import timedelta

import pytest

from loa.archive.models import Entry
from loa.stats import queries
from loa.stats.actions.count import count
from tests.entries import make_entry, make_portal


@pytest.mark.django_db
def test_views_add_to_those_from_before() -> None:
    entry = make_entry(make_portal(), "một")
    Entry.objects.filter(pk=entry.pk).update(views_before=100)
    count({entry.public_id: 2, "zzz": 5})
    count({entry.public_id: 3})
    assert queries.views_of([entry.pk]) == {entry.pk: 105}
    day = entry.published_at.date()
    assert queries.most_read(entry.portal_id, days=[day, day + timedelta(days=1)]) == [entry.pk]
