"""An empty portal is whole: its operator may do everything, and its search answers."""

from pathlib import Path

from loa.accounts.models import Person
from loa.places.models import Place
from loa.project import cli_init, cli_start
from loa.search import queries as search
from loa.topics.models import Topic


def test_the_first_operator_may_say_who_keeps_the_desk(db: None) -> None:
    """Only the operator changes the staff; without this nobody ever could."""
    cli_init.make_portal(name="Tin Mới", host="localhost", email="Lan@example.vn", password="bai-ca-dao-cua-me")
    operator = Person.objects.get()
    assert (operator.email, operator.is_staff, operator.is_superuser) == ("lan@example.vn", True, True)


def test_an_empty_index_is_an_index(db: None, home: Path) -> None:
    """A portal without a release finds nothing, instead of saying that its index is being rebuilt."""
    assert not search.engine().exists()
    assert cli_start.rebuild_search() == 0
    assert search.engine().exists()


def test_a_writer_finds_topics_and_places_to_choose(db: None) -> None:
    """An empty portal is empty of releases, not of the words they are classified by."""
    cli_init.make_portal(name="Tin Mới", host="localhost", email="lan@example.vn", password="bai-ca-dao-cua-me")
    assert Topic.objects.filter(parent=None).count() > 10
    assert Place.objects.filter(slug="dong-thap").exists()
