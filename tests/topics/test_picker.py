"""Topics are ticked in a tree or found by name."""

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from loa.topics.actions.load import load
from loa.topics.forms import TopicsField
from loa.topics.models import Topic

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    topics = TopicsField(required=False)


@pytest.fixture(autouse=True)
def topics(db: None) -> None:
    load()


def chosen(sent: str) -> set[str]:
    form = Form(QueryDict(sent))
    assert form.is_valid(), form.errors
    return {topic.pk for topic in form.cleaned_data["topics"]}


def test_the_tree_offers_each_field_of_news_and_what_is_below() -> None:
    page = Form(initial={"topics": ["medtop:20000210"]}).as_p()
    assert page.count("<details") == 17
    assert page.count("<details open") == 1
    assert "Kinh tế, kinh doanh và tài chính <b>1</b>" in page
    assert 'value="medtop:20000210"' in page


def test_ticked_and_typed_topics_come_together() -> None:
    assert chosen("topics=medtop:05000000&topics-find=N%C3%B4ng nghi%E1%BB%87p") == {
        "medtop:05000000",
        "medtop:20000210",
    }
    assert chosen("topics-find=nong nghiep") == {"medtop:20000210"}
    assert chosen("topics-find=") == set()


def test_a_topic_without_a_name_here_stays_once_it_was_chosen() -> None:
    deep = "medtop:20000008"  # ballet
    assert deep not in Form().as_p()
    page = Form(initial={"topics": [Topic.objects.get(pk=deep)]}).as_p()
    assert page.index('value="medtop:20000007"') < page.index(f'value="{deep}"') < page.index('value="medtop:20000038"')
    assert chosen(f"topics={deep}") == {deep}


def test_an_english_page_finds_english_names() -> None:
    with override("en"):
        assert chosen("topics-find=agriculture") == {"medtop:20000210"}


def test_a_name_of_nothing_is_told_and_kept() -> None:
    form = Form(QueryDict("topics=medtop:05000000&topics-find=phù thủy"))
    assert not form.is_valid()
    page = form.as_p()
    assert "Không có chủ đề “phù thủy”" in page
    assert 'value="phù thủy"' in page
    assert page.count("checked") == 1
