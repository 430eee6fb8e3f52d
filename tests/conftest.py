"""The fixed cast: one portal, its people and organizations, and a home on disk of their own for every test."""

import gc
import itertools
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import management
from django.core.cache import cache
from django.db import connections
from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.edge.kept import kept
from loa.lib import clock
from loa.limits.actions import take as taking
from loa.organizations.actions.found import found
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal, PortalHost
from loa.project.fair_sqlite.base import pool
from loa.releases.actions.publish import publish
from loa.releases.actions.save import begin
from loa.releases.actions.submit import submit
from loa.releases.models import Release
from loa.topics.models import Section
from loa.wire.actions.carry import carry_due
from loa.wire.actions.expand import expand
from loa.wire.models import Delivery, State
from loa.wire.outlets import OUTLETS
from tests import homes

PASSWORD = "bai-ca-dao-cua-me"
Write = Callable[..., Release]
MakePerson = Callable[[str], Person]

BODY = "<p>Hợp tác xã Sao Mai vừa thu hoạch vụ lúa hữu cơ đầu tiên trên cánh đồng Đồng Tháp.</p>"


ASKS = {"db", "transactional_db", "make_place", "begin_place"}  # fixtures that bring a database


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks no database, so that it need not run on each; storms make one of their own."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if not (ASKS & names or any(item.get_closest_marker(name) for name in ("django_db", "storm", "browser"))):
            item.add_marker("plain")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of cycles would look through all of it during every test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """The suite's database is a copy of one with every table; its own migrations would take as long as that one's."""
    database = connections["default"]
    if database.vendor == "postgresql":
        database.settings_dict["TEST"]["TEMPLATE"] = homes.template()
    call_command = management.call_command

    def call(name: str, *words: Any, **more: Any) -> Any:
        if name != "migrate":
            return call_command(name, *words, **more)
        management.call_command = call_command  # the first one alone is the suite's
        return homes.fill(database)

    management.call_command = call
    yield
    management.call_command = call_command


@pytest.fixture(scope="session")
def homes_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where every test finds a new folder; pytest would read the names of all earlier ones to number the next."""
    within, numbers = tmp_path_factory.mktemp("homes"), itertools.count()
    return (within / str(number) for number in numbers)


@pytest.fixture(autouse=True)
def home(settings: Settings, homes_of_tests: Iterator[Path]) -> Path:
    """A LOA_HOME of this test's own: pictures, index and outgoing mail."""
    folder = next(homes_of_tests)
    folder.mkdir(0o700)
    settings.LOA_HOME = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.LOA_SEARCH_FOLDER = folder / "search"
    settings.LOA_MAIL_URL = f"file:{folder / 'outbox'}"
    settings.LOA_UNDO = 0  # most tests want a release out when the button was pressed
    settings.LOA_ORIGIN = "http://testserver"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()  # a store in memory is one for the whole process
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True  # a client that asks for no file need not list them all
    return folder


@pytest.fixture(autouse=True)
def signed_in_moments_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is signed in by force typed a password just now, as those do who come through the door."""
    force_login = Client.force_login

    def fresh(client: Client, user: Person, backend: str | None = None) -> None:
        force_login(client, user, backend)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()

    monkeypatch.setattr(Client, "force_login", fresh)


@pytest.fixture(autouse=True)
def windows_begin_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who counts up to a limit does it in one window: to the limits it is midnight when a test begins."""
    begun, day = clock.now(), timedelta(days=1)
    since_midnight = timedelta(seconds=begun.timestamp()) % day
    monkeypatch.setattr(taking, "clock", SimpleNamespace(now=lambda: clock.now() - since_midnight))


@pytest.fixture(autouse=True)
def nothing_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows here change without a purge; a test that imports the server's entry turns keeping on."""
    monkeypatch.setattr(kept, "is_on", False)
    kept.forget()
    monkeypatch.setattr(pool, "most", 0)


@pytest.fixture
def portal(db: None) -> Portal:
    """GlobalVN, which answers to every host nobody else claims."""
    made = Portal.objects.create(slug="globalvn", name="GlobalVN")
    for host in ("testserver", "*"):
        PortalHost.objects.create(portal=made, host=host)
    return made


@pytest.fixture
def section(portal: Portal) -> Section:
    return Section.objects.create(portal=portal, slug="kinh-te", name_vi="Kinh tế", name_en="Business")


@pytest.fixture
def place(db: None) -> Place:
    return Place.objects.create(slug="dong-thap", name="Đồng Tháp", name_en="Dong Thap")


@pytest.fixture
def make_person(db: None) -> MakePerson:
    """Return a maker of people who can sign in: their address is proven."""
    from allauth.account.models import EmailAddress

    def make(name: str, **fields: Any) -> Person:
        email = f"{name.lower()}@example.vn"
        person = Person.objects.create_user(email, PASSWORD, name=name, **fields)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        return person

    return make


@pytest.fixture
def an(make_person: MakePerson) -> Person:
    """The author: owner of both organizations."""
    return make_person("An")


@pytest.fixture
def stranger(make_person: MakePerson) -> Person:
    """Someone who belongs nowhere."""
    return make_person("Binh")


@pytest.fixture
def moderator(make_person: MakePerson) -> Person:
    return make_person("Mai", is_staff=True)


@pytest.fixture
def operator(make_person: MakePerson) -> Person:
    """Who runs the portal: prices and money are theirs alone."""
    return make_person("Lan", is_staff=True, is_superuser=True)


@pytest.fixture
def organization(an: Person, portal: Portal) -> Organization:
    """An organization a moderator let out before: it publishes by itself."""
    made = found(an, portal=portal, name="Hợp tác xã Sao Mai", kind="cooperative")
    made.approved_at = clock.now()
    made.save()
    return made


@pytest.fixture
def newcomer(an: Person, portal: Portal) -> Organization:
    """An organization whose first release a person must see."""
    return found(an, portal=portal, name="Công ty Trăng Mới", kind="company")


@pytest.fixture
def ready(section: Section) -> dict[str, Any]:
    """Everything a release needs before it may be submitted."""
    return {
        "headline": "Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên",
        "lead": "Vụ lúa cho năm tấn mỗi héc-ta.",
        "body_html": BODY,
        "section": section,
        "contact": "Nguyễn Thị Lan, lan@example.vn",
    }


@pytest.fixture
def write(an: Person, organization: Organization, ready: dict[str, Any]) -> Write:
    """Return a maker of drafts by An that are ready to go."""

    def make(sender: Organization | None = None, **changes: Any) -> Release:
        return begin(an, sender or organization, fields={**ready, **changes})

    return make


@pytest.fixture
def put_out(an: Person, write: Write) -> Callable[..., Entry]:
    """Return a maker of published entries."""

    def make(sender: Organization | None = None, **changes: Any) -> Entry:
        return publish(actor(an), submit(an, write(sender, **changes)))

    return make


@pytest.fixture
def run_wire() -> Callable[[], int]:
    """Return a call that carries every notice everywhere, here and now; a delivery that fails ends the test."""

    def run() -> int:
        expand(OUTLETS)
        carried = 0
        while arrived := carry_due(OUTLETS):
            carried += arrived
        left = Delivery.objects.exclude(state=State.DONE)
        assert not left.exists(), [(str(row), row.error) for row in left]
        return carried

    return run
