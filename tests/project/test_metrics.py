"""What Prometheus reads."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from loa.accounts.models import Person
from loa.archive.models import Entry, Notice
from loa.moderation.models import Report
from loa.plans.models import Term
from loa.project import config
from loa.releases.models import PublicLink

TOKEN = "mot-chuoi-dai-hon-muoi-sau"


def test_its_own_parser_reads_every_figure(
    client: Client, settings: Settings, put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> None:
    settings.LOA_METRICS_TOKEN = TOKEN
    entry = put_out()
    run_wire()
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer["Content-Type"].startswith("text/plain; version=")
    found = {one.name: one for one in text_string_to_metric_families(answer.text)}
    assert {"loa_worker_up", "loa_disk_free_bytes", "loa_wire_lag_seconds", "loa_mail_waiting"} <= found.keys()
    samples = [one for one in found["loa_entries"].samples if one.labels["state"] == "published"]
    assert [(one.labels["portal"], one.value) for one in samples] == [(entry.portal.slug, 1)]
    assert {one.type for one in found.values()} == {"gauge"}


def test_it_counts_nothing_that_only_the_operators_page_shows(
    client: Client, settings: Settings, put_out: Callable[..., Entry]
) -> None:
    settings.LOA_METRICS_TOKEN = TOKEN
    put_out()
    with CaptureQueriesContext(connection) as asked:
        client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    said = " ".join(one["sql"] for one in asked)
    assert Report._meta.db_table in said
    for model in (Person, Term, PublicLink, Notice):
        assert f'FROM "{model._meta.db_table}"' not in said


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "Bearer sai", f"Basic {TOKEN}"])
def test_nobody_else_finds_anything(client: Client, settings: Settings, sent: str) -> None:
    settings.LOA_METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": sent}).status_code == 404


@pytest.mark.django_db
def test_without_a_token_there_is_no_such_page(client: Client, settings: Settings) -> None:
    settings.LOA_METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_short_token_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_METRICS_TOKEN", "ngan")
    with pytest.raises(ValueError, match="16 characters"):
        config.metrics_token()
