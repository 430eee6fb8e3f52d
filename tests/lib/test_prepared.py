"""Statements kept for their shape: other values give what the queryset itself would give."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from pytest_django import DjangoAssertNumQueries

from loa.lib import prepared
from loa.organizations.models import Organization
from loa.topics.models import Section


@pytest.fixture
def sections(section: Section) -> list[Section]:
    more = [Section(portal=section.portal, slug=f"muc-{n}", name_vi=f"Mục {n}", position=n) for n in range(1, 6)]
    return [section, *Section.objects.bulk_create(more)]


def named(*, portal_id: int, slugs: list[str], is_upwards: bool = True) -> QuerySet[Section]:
    rows = Section.objects.select_related("portal").filter(portal=portal_id, slug__in=slugs)
    return rows.order_by("position" if is_upwards else "-position")


def above(*, pk: int, not_slug: str) -> QuerySet[Section]:
    return Section.objects.filter(pk__gt=pk).exclude(slug=not_slug).order_by("pk")


def test_it_gives_what_the_queryset_gives(sections: list[Section]) -> None:
    portal_id = sections[0].portal_id
    for slugs in (["muc-1", "muc-3"], ["muc-4", "muc-2"], ["muc-5", "none"], ["muc-1"], []):
        values: dict[str, Any] = {"portal_id": portal_id, "slugs": slugs}
        assert prepared.rows(named, **values) == list(named(**values))
    down = prepared.rows(named, portal_id=portal_id, slugs=["muc-1", "muc-3"], is_upwards=False)
    assert [one.slug for one in down] == ["muc-3", "muc-1"]


def test_of_what_was_asked_some_rows_are_made(sections: list[Section]) -> None:
    found = prepared.asked(named, portal_id=sections[0].portal_id, slugs=["muc-1", "muc-2", "muc-3"])
    first, _, third = found.columns
    assert [one.slug for one in found.rows([third, first])] == ["muc-3", "muc-1"]
    assert [one.slug for one in found.rows()] == ["muc-1", "muc-2", "muc-3"]
    assert found.rows([]) == []
    again = prepared.asked(named, portal_id=sections[0].portal_id, slugs=["muc-3", "muc-1"])
    assert again.columns == [first, third], "columns that say the same are the same"
    assert len({*again.columns, *found.columns}) == 3


def test_what_is_joined_needs_no_further_question(
    sections: list[Section], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = prepared.rows(named, portal_id=sections[0].portal_id, slugs=["muc-1", "muc-2"])
        assert {one.portal.slug for one in found} == {"globalvn"}


def test_values_of_other_kinds_are_told_apart(sections: list[Section]) -> None:
    for number, slug in ((1, "muc-3"), (3, "muc-5"), (0, "muc-1")):
        values: dict[str, Any] = {"pk": sections[number].pk, "not_slug": slug}
        assert prepared.rows(above, **values) == list(above(**values))


def test_a_moment_is_written_as_the_database_writes_it(sections: list[Section]) -> None:
    def approved(*, since: datetime, until: datetime) -> QuerySet[Organization]:
        return Organization.objects.filter(approved_at__gte=since, approved_at__lt=until)

    at = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
    portal = sections[0].portal
    one = Organization.objects.create(portal=portal, name="Sao Mai", slug="sao-mai", kind="company", approved_at=at)
    hour = timedelta(hours=1)
    assert prepared.rows(approved, since=at, until=at + hour) == [one]
    assert prepared.rows(approved, since=at - hour, until=at) == []


def test_a_value_that_does_not_stand_in_the_statement_is_refused(sections: list[Section]) -> None:
    def negated(*, pk: int) -> QuerySet[Section]:
        return Section.objects.filter(pk=-pk)

    with pytest.raises(LookupError, match="pk"):
        prepared.rows(negated, pk=1)


def test_columns_are_those_of_the_queryset(sections: list[Section]) -> None:
    def columns(*, portal_id: int, slugs: list[str]) -> QuerySet[Section, tuple[Any, ...]]:
        rows = Section.objects.filter(portal=portal_id, slug__in=slugs)
        return rows.order_by("position").values_list("slug", "position")

    asked: dict[str, Any] = {"portal_id": sections[0].portal_id, "slugs": ["muc-2", "muc-4"]}
    assert prepared.tuples(columns, **asked) == list(columns(**asked)) == [("muc-2", 2), ("muc-4", 4)]


def test_a_statement_of_keys_is_asked_as_it_was_written(sections: list[Section]) -> None:
    def both(*, portal_id: int, slugs: list[str]) -> RawSQL:
        named = [Section.objects.filter(portal=portal_id, slug=slug).order_by().values("pk") for slug in slugs]
        parts = [one.query.sql_with_params() for one in named]
        return RawSQL(" UNION ALL ".join(sql for sql, _ in parts), [one for _, its in parts for one in its])

    for slugs in (["muc-2", "muc-4"], ["muc-1", "none"]):
        found = prepared.tuples(both, portal_id=sections[0].portal_id, slugs=slugs)
        assert found == [(one.pk,) for one in sections if one.slug in slugs]


def test_what_is_left_out_is_read_when_it_is_asked_for(
    sections: list[Section], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def short(*, portal_id: int) -> QuerySet[Section]:
        return Section.objects.filter(portal=portal_id).only("slug").order_by("pk")

    found = prepared.rows(short, portal_id=sections[0].portal_id)
    assert [one.slug for one in found] == [one.slug for one in sections]
    with django_assert_num_queries(1):
        assert found[1].name_vi == "Mục 1"
    found[1].name_vi = "Mục mới"
    found[1].save(update_fields=["name_vi"])
    assert Section.objects.get(pk=found[1].pk).name_vi == "Mục mới"
