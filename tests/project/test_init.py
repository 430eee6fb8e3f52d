"""An empty portal is whole: its operator may do everything, and its search answers."""

from pathlib import Path

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.audit.actions.record import SYSTEM
from loa.desk.actions import write_pages
from loa.pages.views.static import STATIC_PAGES
from loa.places.models import Place
from loa.portals import queries as portals
from loa.portals.models import Portal, PortalHost, StaticPage
from loa.project import cli_init, cli_start, doctor
from loa.project.cli_errors import Trouble
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


def make(name: str = "Tin Mới") -> Portal:
    """A portal as `loa init` makes it."""
    cli_init.make_portal(name=name, host="localhost", email="lan@example.vn", password="bai-ca-dao-cua-me")
    return Portal.objects.get()


@pytest.mark.parametrize("slug", [*STATIC_PAGES, "pricing"])
@pytest.mark.parametrize(("prefix", "language"), [("", "vi"), ("/en", "en")])
def test_every_page_of_the_footer_has_a_starting_text(
    db: None, client: Client, slug: str, prefix: str, language: str
) -> None:
    make()
    page = client.get(f"{prefix}/{slug}")
    assert page.status_code == 200
    assert write_pages.MARKS[language] in page.text
    assert "Tin Mới" in page.text
    assert "{" not in portals.page(Portal.objects.get(), slug, language).body_html  # type: ignore[union-attr]
    if slug != "about":
        assert "lan@example.vn" in page.text


@pytest.mark.parametrize(
    "host", ["http://x/", "tin.example.vn/", "tin example.vn", "tin.example.vn:8000", "", "x" * 254]
)
def test_a_host_nobody_can_reach_makes_nothing(db: None, host: str) -> None:
    with pytest.raises(Trouble, match="host name"):
        cli_init.make_portal(name="Tin Mới", host=host, email="lan@example.vn", password="bai-ca-dao-cua-me")
    assert not Portal.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("Tin.Example.VN.", "tin.example.vn"), ("*", "*"), ("localhost", "*"), ("LOCALHOST", "*")]
)
def test_a_host_is_kept_as_browsers_send_it(db: None, typed: str, kept: str) -> None:
    cli_init.make_portal(name="Tin Mới", host=typed, email="lan@example.vn", password="bai-ca-dao-cua-me")
    assert list(PortalHost.objects.values_list("host", flat=True)) == [kept]


def test_a_name_is_text_and_no_markup(db: None, client: Client) -> None:
    make("Tin <b>Mới</b> & Nhanh")
    page = client.get("/about")
    assert '<h1 class="list__title">Về Tin &lt;b&gt;Mới&lt;/b&gt; &amp; Nhanh</h1>' in page.text
    assert "Tin <b>Mới" not in page.text
    assert "Tin <strong>Mới" not in page.text


def test_links_lead_to_the_page_in_the_same_language(db: None) -> None:
    portal = make()
    assert 'href="/en/terms"' in StaticPage.objects.get(slug="privacy", language="en").body_html
    assert 'href="/terms"' in StaticPage.objects.get(portal=portal, slug="privacy", language="vi").body_html


def test_a_second_run_changes_nothing(db: None) -> None:
    """The command refuses; writing the pages again writes only what is missing."""
    portal = make()
    StaticPage.objects.filter(slug="terms", language="vi").update(body_html="<p>Của tôi.</p>")
    StaticPage.objects.filter(slug="about", language="en").delete()
    with pytest.raises(Trouble):
        make("Tin Khác")
    assert write_pages.write_pages(SYSTEM, portal, email="khac@example.vn") == 1
    assert StaticPage.objects.get(slug="terms", language="vi").body_html == "<p>Của tôi.</p>"
    assert "lan@example.vn" in StaticPage.objects.get(slug="contact", language="vi").body_html


def test_the_doctor_lists_what_nobody_has_reviewed(db: None) -> None:
    make()
    assert "/terms (vi)" in doctor.pages().found
    StaticPage.objects.update(body_html="<p>Đã xem.</p>")
    assert doctor.pages().level == "ok"
