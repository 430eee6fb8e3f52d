"""The page of who did what: narrowed, paged, taken along, and its chain followed."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loa.accounts.models import Person
from loa.audit import queries
from loa.audit.actions.record import Actor, record
from loa.audit.models import Record
from loa.audit.queries import Wanted
from loa.portals.models import Portal

AN, MAI = Actor("person:1", "an@example.vn"), Actor("person:2", "mai@example.vn")


@pytest.fixture
def chain(portal: Portal) -> None:
    for number in range(5):
        record(AN, act="publish", subject=f"release:r{number}", detail={"spent": number})
    record(MAI, act="suspend", subject="organization:7", detail={"reason": "=HYPERLINK(1)"})


@pytest.fixture
def desk(client: Client, operator: Person) -> Client:
    client.force_login(operator)
    return client


def found(**wanted: object) -> list[str]:
    return [row.subject for row in Wanted(**wanted).rows()]  # type: ignore[arg-type]


def test_it_is_narrowed_by_act_person_subject_and_day(chain: None, desk: Client) -> None:
    assert found(act="suspend") == ["organization:7"]
    assert found(actor="mai") == ["organization:7"]
    assert found(actor="person:1", subject="release:r3") == ["release:r3"]
    assert len(found(subject="release")) == 5
    assert "organization:7" in desk.get("/operator/audit?act=suspend").text
    assert "organization:7" not in desk.get("/operator/audit?since=2999-01-01").text
    assert desk.get("/operator/audit?since=hom-qua").status_code == 400


def test_pages_follow_each_other_without_a_gap(chain: None) -> None:
    seen, before = [], 0
    while True:
        rows, before = queries.page(Wanted(), before=before, size=2)
        seen += [row.pk for row in rows]
        if not before:
            break
    assert seen == list(Record.objects.order_by("-pk").values_list("pk", flat=True))


def test_every_act_on_record_is_offered_once(chain: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert queries.acts() == ["publish", "suspend"]
    assert len(asked) == 1
    Record.objects.all().delete()
    assert queries.acts() == []


def test_it_comes_along_as_a_table_without_formulas(chain: None, desk: Client) -> None:
    Record.objects.filter(act="suspend").update(actor_label="=cmd|' /C calc'!A0")
    answer = desk.get("/operator/audit.csv?act=suspend")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))  # type: ignore[attr-defined]
    assert [row["subject"] for row in rows] == ["organization:7"]
    assert rows[0]["actor"] == "'=cmd|' /C calc'!A0"


def test_the_button_follows_the_chain(chain: None, desk: Client) -> None:
    assert "Chuỗi còn nguyên vẹn." in desk.post("/operator/audit/verify", follow=True).text
    bad = Record.objects.get(subject="release:r3")
    Record.objects.filter(pk=bad.pk).update(detail={"spent": 0})
    assert str(bad.pk) in desk.post("/operator/audit/verify", follow=True).text


def test_the_newest_are_followed_alone(chain: None) -> None:
    first = Record.objects.earliest("pk")
    Record.objects.filter(pk=first.pk).update(act="nothing")
    assert queries.verify() == first.pk
    assert queries.verify(last=3) is None
    newest = Record.objects.latest("pk")
    Record.objects.filter(pk=newest.pk).delete()
    assert queries.verify(last=3) == 0


def test_only_the_operator_reads_it(chain: None, client: Client, moderator: Person) -> None:
    client.force_login(moderator)
    for page in ("/operator/audit", "/operator/audit.csv"):
        assert client.get(page).status_code == 404
