"""Rows made many at a time are those that Django makes one by one."""

from collections.abc import Callable

import pytest
from django.db.utils import IntegrityError
from django.forms import model_to_dict

from loa.archive.models import Entry, OldAddress, Version
from loa.lib import clock
from loa.lib.rows import insert
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.wire.models import Cursor

pytestmark = pytest.mark.django_db


def test_every_value_comes_back_as_it_went_in(put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    picture = {"url": "/media/a.jpg", "alt": "“Sen”", "width": 3}
    texts = [
        Version(entry=entry, number=number, language="vi", headline="Một tin", shelved_at=clock.now(), pictures=shown)
        for number, shown in ((8, []), (9, [picture]))
    ]
    insert(texts)
    for made in texts:
        found = Version.objects.get(entry=entry, number=made.number)
        assert model_to_dict(found) == {**model_to_dict(made), "id": found.pk}
        assert found.shelved_at == made.shelved_at


def test_a_moment_that_a_model_takes_down_itself_is_there(organization: Organization) -> None:
    before = clock.now()
    insert([Organization(portal=organization.portal, name="Sen Vàng", slug="sen-vang")])
    assert before <= Organization.objects.get(slug="sen-vang").created_at <= clock.now()


def test_rows_that_have_an_id_keep_it() -> None:
    insert([Cursor(pk=70, outlet="a"), Cursor(pk=71, outlet="b")])
    assert dict(Cursor.objects.values_list("pk", "outlet")) == {70: "a", 71: "b"}


def test_what_is_there_is_left_out_or_refused(put_out: Callable[..., Entry], portal: Portal) -> None:
    entry = put_out()
    rows = [OldAddress(portal=portal, host="", path=path, entry=entry) for path in ("/a", "/a", "/b")]
    insert(rows, ignores_conflicts=True)
    assert OldAddress.objects.count() == 2
    with pytest.raises(IntegrityError):
        insert(rows)


def test_none_are_none() -> None:
    insert([])
