"""IPTC's topics come with names for this house, and come again without harm."""

import importlib

import pytest
from django.apps import apps

from loa.topics import queries
from loa.topics.actions.load import load
from loa.topics.models import Topic

pytestmark = pytest.mark.django_db


def test_every_top_topic_and_every_second_one_has_a_vietnamese_name() -> None:
    load()
    assert Topic.objects.filter(parent=None).count() == 17
    for topic in Topic.objects.filter(parent=None) | Topic.objects.filter(parent__parent=None):
        assert topic.labels.get("vi"), topic


def test_it_may_run_twice_and_mends_what_is_old() -> None:
    load()
    Topic.objects.filter(pk="medtop:20000210").update(labels={"en": "farming"}, parent=None)
    load()
    topic, _ = queries.family("medtop:20000210")
    assert topic is not None
    assert (topic.label("vi"), topic.label("en")) == ("nông nghiệp", "agriculture")
    assert [one.label("vi") for one in queries.broader(topic)][-1] == "sản phẩm và dịch vụ"
    assert Topic.objects.count() == 1085


def test_a_topic_holds_every_narrower_one() -> None:
    load()
    topic = Topic.objects.get(pk="medtop:04000000")
    assert {"medtop:04000000", "medtop:20000209", "medtop:20000210"} <= queries.within(topic)
    assert "medtop:05000000" not in queries.within(topic)


def test_an_upgrade_names_the_topics_that_are_there() -> None:
    migration = importlib.import_module("loa.topics.migrations.0002_vietnamese_names")
    migration.amend(apps, None)
    assert not Topic.objects.exists()
    Topic.objects.create(pk="medtop:20000210", labels={"en": "agriculture"})
    migration.amend(apps, None)
    assert Topic.objects.get(pk="medtop:20000210").label("vi") == "nông nghiệp"
