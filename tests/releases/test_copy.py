"""Copy: an older release of any state begins a new draft, without what belonged to that one time."""

from collections.abc import Callable
from typing import Any

import pytest

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.lib import clock
from loa.organizations.models import Organization
from loa.releases import queries
from loa.releases.actions.copy import copy
from loa.releases.actions.save import save
from loa.releases.actions.withdraw import withdraw
from loa.releases.errors import NotAWriter, Suspended
from loa.releases.models import Release
from loa.topics.models import Topic
from tests.conftest import Write

EVENT = {
    "starts_at": "2026-12-01T09:00:00+07:00", "ends_at": "2026-12-01T11:00:00+07:00", "time_zone": "Asia/Ho_Chi_Minh",
    "venues": [{"name": "Nhà văn hóa"}], "registration_url": "https://saomai.example/dang-ky",
}  # fmt: skip


def test_it_says_the_same_and_remembers_where_from(an: Person, write: Write) -> None:
    old = write(subtitle="Sau ba năm", dateline="Đồng Tháp, 24-11-2026")
    old.topics.add(Topic.objects.create(qcode="medtop:04000000", labels={"vi": "kinh tế"}))
    new = copy(an, old)
    assert (new.headline, new.subtitle, new.body_html) == (old.headline, "Sau ba năm", old.body_html)
    assert (new.section, new.contact, new.dateline) == (old.section, old.contact, "")
    assert list(new.topics.all()) == list(old.topics.all())
    assert (new.state, new.entry, new.copied_from, new.author) == ("draft", None, old, an)
    assert Record.objects.filter(act="copy", subject=f"release:{new.public_id}").exists()
    assert queries.line(new).first().way == "copied"  # type: ignore[union-attr]


def test_the_time_of_an_event_is_not_copied(an: Person, write: Write) -> None:
    new = copy(an, write(kind="event", facts=EVENT))
    assert new.kind == "event"
    assert new.facts == {"time_zone": "Asia/Ho_Chi_Minh", "venues": [{"name": "Nhà văn hóa"}]}


@pytest.mark.parametrize(("kind", "facts"), [
    ("appointment", {"person": "Lan", "role": "Giám đốc", "from_day": "2026-12-01"}),
    ("results", {"period": "Quý III"}),
])  # fmt: skip
def test_what_must_be_new_is_not_copied(an: Person, write: Write, kind: str, facts: dict[str, Any]) -> None:
    assert copy(an, write(kind=kind, facts=facts)).facts == {}


def test_a_quote_is_copied_and_nobody_s_yes_to_it(an: Person, write: Write) -> None:
    old = write(quotes=[{"id": "a", "text": "Lúa tốt.", "name": "Lan", "is_confirmed": True}])
    assert copy(an, old).quotes == [{"id": "a", "text": "Lúa tốt.", "name": "Lan"}]


def test_what_was_published_or_withdrawn_is_copied_too(an: Person, put_out: Callable[..., Entry]) -> None:
    out = Release.objects.get(entry=put_out())
    assert copy(an, out).headline == out.headline
    withdraw(actor(an), out, statement="Đăng nhầm")
    gone = Release.objects.get(pk=out.pk)
    save(copy(an, gone), fields={"headline": "Bản khác"}, expected_revision=2)
    assert copy(an, gone).state == "draft"


def test_a_button_pressed_twice_makes_one_copy(an: Person, write: Write) -> None:
    old = write()
    new = copy(an, old)
    assert copy(an, old) == new
    save(new, fields={"headline": "Đã viết tiếp"}, expected_revision=new.revision)
    assert copy(an, old) != new


def test_a_stranger_copies_nothing(stranger: Person, write: Write) -> None:
    with pytest.raises(NotAWriter):
        copy(stranger, write())


def test_a_suspended_organization_copies_nothing(an: Person, organization: Organization, write: Write) -> None:
    old = write()
    Organization.objects.update(suspended_at=clock.now())
    with pytest.raises(Suspended):
        copy(an, Release.objects.get(pk=old.pk))
