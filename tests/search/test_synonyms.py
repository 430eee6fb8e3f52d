"""Words of one meaning."""

import pytest
from django.core.cache import cache

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.portals.models import Portal
from loa.search import queries, synonyms
from loa.search.actions.edit_synonyms import edit_synonyms
from loa.search.engine import Engine
from loa.search.errors import NoSynonyms
from loa.search.reading import parse
from loa.search.results import highlight
from loa.search.tree import Filters
from tests.search.conftest import MakeDocument


def ask(engine: Engine, text: str) -> list[str]:
    question = synonyms.read(synonyms.shipped()).widen(parse(text))
    return [key.partition(":")[0] for key in engine.search(question, Filters("1")).keys]


@pytest.fixture
def archive(engine: Engine, make_document: MakeDocument) -> Engine:
    engine.index(
        [
            make_document("a", "UBND TP.HCM họp báo"),
            make_document("b", "Ủy ban nhân dân Thành phố Hồ Chí Minh họp báo"),
            make_document("c", "Bộ Kế hoạch và Đầu tư họp báo"),
            make_document("d", "CTCP Sao Mai"),
        ]
    )
    return engine


def test_abbreviations_and_what_they_stand_for_find_one_another(archive: Engine) -> None:
    assert sorted(ask(archive, "UBND TPHCM")) == ["a", "b"]
    assert sorted(ask(archive, "uy ban nhan dan sai gon hop bao")) == ["a", "b"]
    assert ask(archive, "Bộ KH&ĐT") == ["c"]
    assert ask(archive, "công ty cổ phần sao mai") == ["d"]


def test_what_was_typed_comes_before_other_words_for_it(archive: Engine) -> None:
    assert ask(archive, "UBND TP.HCM")[0] == "a"
    assert ask(archive, "ủy ban nhân dân thành phố hồ chí minh")[0] == "b"


def test_other_words_are_no_help_to_a_phrase(archive: Engine) -> None:
    assert ask(archive, '"UBND TPHCM"') == []


@pytest.mark.parametrize(
    ("text", "line", "reason"), [("# x\n\nA", 3, "alone"), ("A = a", 1, "alone"), ("A = " + "b " * 13, 1, "long")]
)
def test_a_line_that_says_nothing_is_named(text: str, line: int, reason: str) -> None:
    with pytest.raises(NoSynonyms) as raised:
        synonyms.read(text)
    assert (raised.value.line, raised.value.reason) == (line, reason)


def test_the_lines_loa_comes_with_are_sound() -> None:
    table = synonyms.read(synonyms.shipped()).table
    assert len(table) > 150
    assert all(words.folded for others in table.values() for words in others)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.mark.django_db
def test_the_operators_lines_are_used_at_once_and_recorded(portal: Portal, an: Person) -> None:
    assert queries.synonyms_of(portal.pk).widen(parse("CTCP")).alternatives
    edit_synonyms(actor(an), portal=portal, text="HTX SM = Hợp tác xã Sao Mai\r\n")
    assert queries.synonyms_of(portal.pk).widen(parse("CTCP")).alternatives == ()
    assert queries.synonyms_of(portal.pk).widen(parse("gạo htx sm")).alternatives[0].start == 1
    row = Record.objects.get(act="search.edit_synonyms")
    assert (row.subject, row.detail) == ("portal:globalvn", {"lines": 1, "words": 2})


@pytest.mark.django_db
def test_a_wrong_line_changes_nothing(portal: Portal, an: Person) -> None:
    with pytest.raises(NoSynonyms):
        edit_synonyms(actor(an), portal=portal, text="HTX")
    assert not Entry.objects.exists()
    assert not Record.objects.filter(act="search.edit_synonyms").exists()


def test_the_other_words_are_marked_in_results() -> None:
    assert highlight("Họp ở Sài Gòn", "xyz") == "Họp ở Sài Gòn"
    question = synonyms.read("TPHCM = Sài Gòn").widen(parse("họp tphcm"))
    assert highlight("Họp ở Sài Gòn", question) == "<mark>Họp</mark> ở <mark>Sài Gòn</mark>"
