"""The whole way of one release: founded, written, sent back, let out, found, corrected, withdrawn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from loa.accounts import queries as accounts
from loa.accounts.models import Person
from loa.archive import queries as archive
from loa.audit.actions.record import digest_of
from loa.audit.models import Head, Record
from loa.mail.actions.deliver import deliver_due
from loa.moderation import queries as desk
from loa.moderation.actions.approve import approve
from loa.moderation.actions.send_back import send_back
from loa.moderation.actions.take_in import take_in
from loa.organizations.actions.found import found
from loa.portals.models import Portal
from loa.releases import queries as releases
from loa.releases.actions.correct import correct
from loa.releases.actions.save import begin, save
from loa.releases.actions.withdraw import withdraw
from loa.search import queries as search


def letters(home: Path) -> int:
    """Return how many letters have left."""
    return len(list((home / "outbox").glob("*.eml")))


def chain_is_whole() -> bool:
    """Say whether every audit record follows from the one before it."""
    before = ""
    for row in Record.objects.order_by("id"):
        if row.previous_digest != before or row.digest != digest_of(row):
            return False
        before = row.digest
    return Head.objects.get().digest == before


def test_a_release_walks_from_draft_to_tombstone(
    an: Person,
    moderator: Person,
    portal: Portal,
    ready: dict[str, Any],
    run_wire: Callable[[], int],
    home: Path,
) -> None:
    actor = accounts.actor(an)
    sender = found(an, portal=portal, name="Nông trại Hướng Dương", kind="cooperative")

    draft = begin(an, sender, fields={**ready, "headline": "Vườn hướng dương mở cửa"})
    assert take_in(an, draft) == "queued"
    send_back(moderator, desk.waiting(portal.pk).get(), reason="Hãy ghi giờ mở cửa.")
    draft = releases.of_person(an).get()
    draft = save(draft, fields={"lead": "Mở cửa từ 7 giờ."}, expected_revision=draft.revision)
    assert take_in(an, draft) == "queued"
    assert search.engine().exists() is False

    entry = approve(moderator, desk.waiting(portal.pk).get())
    run_wire()
    assert search.search(portal.pk, "huong duong").ids == [entry.public_id]
    assert deliver_due() == 2  # sent back, and published
    assert letters(home) == 2

    release = releases.of_person(an).get()
    fields = {"headline": "Vườn hướng dương mở cửa sớm", "lead": "Mở cửa từ 6 giờ."}
    correct(actor, release, fields=fields, reason="Đổi giờ mở cửa", expected_revision=release.revision)
    run_wire()
    assert search.search(portal.pk, "mở cửa sớm").ids == [entry.public_id]
    assert archive.versions(entry).count() == 2

    withdraw(actor, releases.of_person(an).get(), statement="Vườn đóng cửa vì bão.")
    run_wire()
    deliver_due()
    assert search.search(portal.pk, "hướng dương").total == 0
    assert not archive.public(portal.pk).exists()
    tombstone = archive.by_public_id(portal.pk, entry.public_id)
    assert tombstone is not None
    assert tombstone.statement == "Vườn đóng cửa vì bão."
    assert letters(home) == 3  # The letter about the correction was called back; the one about the withdrawal left.
    assert chain_is_whole()
    acts = list(Record.objects.order_by("id").values_list("act", flat=True))
    sent = ["submit", "weigh"]
    assert acts == ["found", *sent, "send_back", *sent, "publish", "correct", "withdraw"]


def test_the_first_reviewed_release_lets_the_next_go_straight_out(
    an: Person, moderator: Person, portal: Portal, ready: dict[str, Any], run_wire: Callable[[], int]
) -> None:
    sender = found(an, portal=portal, name="Nông trại Hướng Dương", kind="cooperative")
    take_in(an, begin(an, sender, fields=ready))
    approve(moderator, desk.waiting(portal.pk).get())
    sender.refresh_from_db()
    assert take_in(an, begin(an, sender, fields=ready)) == "published"
    assert archive.public(portal.pk).count() == 2
    run_wire()
    assert search.search(portal.pk, "").total == 2
