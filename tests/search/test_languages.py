"""An entry is found by the words of each of its languages, and shown once."""

from collections.abc import Callable

import pytest
from django.test import Client

from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.releases.actions.translate import publish_translation, save_translation
from loa.releases.models import Release
from loa.search import queries, record
from loa.search.actions.rebuild import rebuild
from loa.search.engine import Engine
from loa.search.reading import parse
from loa.search.results import highlight
from loa.search.tree import Filters
from tests.search.conftest import MakeDocument

EN = {
    "headline": "Sao Mai brings in its first organic rice",
    "lead": "Five tonnes a hectare.",
    "body_html": "<p>The cooperative has harvested its first organic paddy in Đồng Tháp.</p>",
    "contact": "lan@example.vn",
}
JA = {**EN, "headline": "サオマイ、初の有機米を収穫", "body_html": "<p>ドンタップ省の協同組合が収穫しました。</p>"}


@pytest.fixture
def entry(put_out: Callable[..., Entry], run_wire: Callable[[], int]) -> Entry:
    """One entry in three languages, indexed."""
    made = put_out()
    release = Release.objects.get(entry=made)
    for language, fields in (("en", EN), ("ja", JA)):
        save_translation(release, language, fields=fields, expected_revision=0, follows=release.revision)
        publish_translation(SYSTEM, release, language, expected_revision=1)
    run_wire()
    return made


def shown(path: str, q: str) -> str:
    page = Client().get(path, {"q": q})
    assert page.status_code == 200
    return page.content.decode()


def test_words_of_a_translation_find_the_entry_in_the_pages_language(entry: Entry) -> None:
    assert "Sao Mai thu hoạch" in shown("/search", "organic paddy")
    assert "<mark>organic</mark>" in shown("/en/search", "organic")
    assert "Sao Mai brings in" in shown("/en/search", "thu hoạch hữu cơ")


@pytest.mark.parametrize("path", ["/search", "/en/search"])
def test_an_entry_stands_once_on_a_page(entry: Entry, path: str) -> None:
    assert shown(path, "Sao Mai").count('class="line"') == 1
    assert shown(path, "").count('class="line"') == 1
    assert queries.search(entry.portal_id, "").total == 1


def test_a_text_in_a_third_language_is_shown_where_the_page_has_none_of_its_own(
    put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> None:
    made = put_out()
    release = Release.objects.get(entry=made)
    save_translation(release, "ja", fields=JA, expected_revision=0, follows=release.revision)
    publish_translation(SYSTEM, release, "ja", expected_revision=1)
    run_wire()
    page = shown("/en/search", "有機米")
    assert 'lang="ja"' in page
    assert "<mark>有機米</mark>" in page
    assert f"/ja/r/{made.public_id}/" in page


def test_a_rebuild_knows_every_language(entry: Entry) -> None:
    assert rebuild(record.everything()) == 3
    hits = queries.search(entry.portal_id, "有機米").hits
    assert [hit.language for hit in hits] == ["ja"]


def test_chinese_and_japanese_words_are_found_inside_a_sentence(engine: Engine, make_document: MakeDocument) -> None:
    engine.index(
        [
            make_document("rice", "今年收获了有机稻米", language="zh-Hans"),
            make_document("b", "米有机稻", language="zh-Hans"),
        ]
    )
    found = engine.search(parse("有机稻米"), Filters("1"))
    assert [key.partition(":")[0] for key in found.keys] == ["rice"]
    assert highlight("今年收获了有机稻米", "有机") == "今年收获了<mark>有机</mark>稻米"


def test_a_joint_release_is_found_by_each_of_its_senders(put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    assert entry.current is not None
    entry.current.partners = [{"slug": "hat-giong", "name": "Ngân hàng Hạt Giống"}]
    found = record.document(entry, entry.current, [], listed=[])
    assert "Ngân hàng Hạt Giống" in found.organization
    assert entry.organization.name in found.organization
    queries.engine().rebuild([found])
    for slug in ("hat-giong", entry.organization.slug):
        hits = queries.search(entry.portal_id, "", queries.Narrowing(organization=slug)).hits
        assert [hit.public_id for hit in hits] == [entry.public_id]
