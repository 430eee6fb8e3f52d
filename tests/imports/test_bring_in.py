"""What was published elsewhere comes with its history, whole, and once."""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from loa.archive import queries as archive
from loa.archive.actions.shelve import Text, digest
from loa.archive.models import Entry, Notice, OldAddress, Quotation
from loa.audit.actions.record import SYSTEM
from loa.audit.models import Record
from loa.imports import forms
from loa.imports.actions.bring_in import Plan, bring_in
from loa.imports.errors import CannotRead, ProcessLost
from loa.imports.providers.pictures import NotThere, from_folder
from loa.imports.rules import Line
from loa.media.models import Picture, Use
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal
from loa.releases.models import Release
from loa.search import queries as search
from loa.topics.models import Section, Topic
from tests.imports.conftest import Run, drawn, row

pytestmark = pytest.mark.django_db


def test_it_keeps_the_history(run: Run, place: Place) -> None:
    Topic.objects.create(qcode="medtop:04000000")
    outcome = run(
        row(
            views=1234, subtitle="Phụ đề", lead="Sapo.", dateline="Đồng Tháp, 31/5", place="Đồng Tháp",
            topics=["medtop:04000000", "văn  HOA"], source_url="https://cu.example.vn/a", language="en-GB",
            quotes=[{"text": "Được mùa.", "name": "Bà Lan", "role": "Giám đốc"}],
        ), qcodes=frozenset({"medtop:04000000"}),
    )  # fmt: skip
    entry = Entry.objects.get()
    version = entry.current
    assert version is not None
    assert (outcome.brought, outcome.refused, outcome.remarks) == (1, [], [])
    assert (entry.published_at, entry.is_day_only) == (datetime(2019, 5, 31, 1, 30, tzinfo=UTC), False)
    assert (entry.views_before, entry.place, entry.section.slug) == (1234, place, "van-hoa")
    assert [topic.pk for topic in entry.topics.all()] == ["medtop:04000000"]
    assert (version.number, version.language, version.subtitle, version.lead) == (1, "en", "Phụ đề", "Sapo.")
    assert version.body_html == "<p>Năm tấn mỗi héc-ta.</p>\n<p>Sao Mai vui mừng.</p>"
    assert Quotation.objects.get().role == "Giám đốc"


def test_a_version_brought_in_can_be_proved_like_any_other(run: Run) -> None:
    run(row())
    version = Entry.objects.get().current
    assert version is not None
    text = Text(**{name: getattr(version, name) for name in Text.__dataclass_fields__})
    assert version.digest == digest(version.salt, text)


def test_where_only_the_day_is_known_no_hour_is_claimed(run: Run) -> None:
    run(row(published_at=None, published_on="1999-12-31"))
    entry = Entry.objects.get()
    assert (entry.published_at, entry.is_day_only) == (datetime(1999, 12, 30, 17, tzinfo=UTC), True)
    assert entry.recorded_at.year > 1999


def test_twice_is_once(run: Run) -> None:
    run(row(1), row(2))
    again = run(row(2), row(3), row(1), row(3))
    assert (again.brought, again.known) == (1, 3)
    assert Entry.objects.count() == 3


def test_without_an_id_the_text_itself_is_the_key(run: Run) -> None:
    run(row(id=None), row(id=None, title="Khác"))
    again = run(row(id=None), row(id=None, published_at="2020-01-01T00:00:00Z"))
    assert (again.brought, again.known) == (1, 1)


def test_an_id_two_texts_have_is_told(run: Run) -> None:
    """The second one is lost, and somebody must know."""
    run(row(1))
    again = run(row(1, title="Một bài khác hẳn"))
    assert Entry.objects.count() == 1
    assert [number for number, _ in again.remarks] == [1]
    assert "Vụ lúa thứ 1" in again.remarks[0][1]


def test_a_bad_line_is_named_and_the_rest_goes_in(run: Run) -> None:
    outcome = run(row(1), b"{", row(2, title=""), row(3))
    assert [(one.number, one.reason) for one in outcome.refused] == [(2, "it is no JSON"), (3, "it has no title")]
    assert Entry.objects.count() == 2


def test_senders_are_made_or_found(run: Run, organization: Organization) -> None:
    outcome = run(
        row(1), row(2, organization="Hợp tác xã Sao Mai"), row(3, organization={"name": "Trăng", "url": "https://t.vn"}),
        row(4, organization="trang-cu"), senders={"trang-cu": "Trăng"},
    )  # fmt: skip
    assert outcome.organizations == {"Sao Mai": 1, "Hợp tác xã Sao Mai": 1, "Trăng": 2}
    made = Organization.objects.get(name="Trăng")
    assert (made.website, made.slug, made.approved_at is None) == ("https://t.vn", "trang", False)
    assert not made.memberships.exists()


def test_a_suspended_sender_brings_nothing(run: Run, organization: Organization) -> None:
    Organization.objects.update(suspended_at=organization.approved_at)
    outcome = run(row(organization=organization.name))
    assert (outcome.brought, "suspended" in outcome.refused[0].reason) == (0, True)


def test_nobody_is_told_of_it_as_news(run: Run, run_wire: Callable[[], int], portal: Portal) -> None:
    """It is found by the search, and no mail goes out."""
    run(row())
    assert [notice.kind for notice in Notice.objects.all()] == ["brought_in"]
    assert run_wire() == 1
    assert search.search(portal.pk, "lúa").total == 1


def test_each_batch_is_one_record(run: Run) -> None:
    run(row(1), row(2))
    records = Record.objects.filter(act="bring_in")
    assert [record.detail["source"] for record in records] == ["bài cũ.jsonl"]
    assert len(records[0].detail["entries"]) == 2


def test_old_addresses_lead_on(run: Run, client: Client) -> None:
    run(
        row(
            old_urls=["https://cu.example.vn/2019/05/vụ-lúa.html/", "https://cu.example.vn/?p=19&utm_source=fb",
                      "/tin/7?id=7&x=1", "https://cu.example.vn/"]
        )
    )  # fmt: skip
    there = archive.address(Entry.objects.select_related("portal", "current").get())
    for old in ("/2019/05/v%E1%BB%A5-l%C3%BAa.html", "/2019/05/vụ-lúa.html?fbclid=1", "/?p=19", "/tin/7?x=1&id=7"):
        answer = client.get(old)
        assert (answer.status_code, answer.headers.get("Location")) == (301, there), old
    for other in ("/", "/?p=20", "/tin/7", "/tin/8?id=7&x=1"):
        assert client.get(other).status_code != 301
    assert client.post("/2019/05/vụ-lúa.html").status_code != 301


def test_an_address_two_sites_had_leads_by_host(run: Run, client: Client) -> None:
    run(row(1, old_urls=["https://mot.example.vn/tin"]), row(2, old_urls=["https://hai.example.vn/tin"]))
    assert client.get("/tin", headers={"host": "hai.example.vn"})["Location"].endswith("vu-lua-thu-2")
    assert client.get("/tin", headers={"host": "ba.example.vn"}).status_code == 404


def test_a_withdrawn_text_has_its_tombstone_at_the_old_address_too(run: Run, client: Client) -> None:
    run(row(old_urls=["/cu"]))
    Entry.objects.update(state="withdrawn", statement="Sai.")
    assert client.get("/cu", follow=True).status_code == 410


def test_pictures_come_along(run: Run, client: Client) -> None:
    """One above the text, one within it; their credit stays, and everyone may read them."""
    outcome = run(
        row(
            body=None,
            body_html="<p>Chữ <a href='/khac'>đây</a>.</p><figure><img alt='Bông lúa' data-src='https://a.vn/2.png' "
            "src='data:image/gif;base64,x'><figcaption>Lúa</figcaption></figure><p><img src='https://a.vn/1.png'></p>",
            source_url="https://a.vn/bai/1",
            images=[{"url": "https://a.vn/1.png", "alt": "Đồng", "caption": "Cánh đồng", "credit": "Ảnh: An"}],
        ),
        pictures={"https://a.vn/1.png": drawn("green"), "https://a.vn/2.png": drawn("gold")},
    )
    entry = Entry.objects.get()
    version = entry.current
    assert version is not None
    assert (outcome.pictures, outcome.remarks, entry.shows) == (2, [], "p")
    assert {name: version.pictures[0][name] for name in ("alt", "caption", "credit")} == {
        "alt": "Đồng", "caption": "Cánh đồng", "credit": "Ảnh: An",
    }  # fmt: skip
    assert version.body_html.count("<img") == 1
    assert 'alt="Bông lúa"' in version.body_html
    assert 'href="https://a.vn/khac"' in version.body_html
    assert "<p></p>" not in version.body_html
    owner = f"organization:{entry.organization_id}"
    assert list(Picture.objects.values_list("owner_key", flat=True)) == [owner, owner]
    assert Use.objects.filter(key=f"entry:{entry.public_id}", is_public=True).count() == 2
    assert client.get(version.pictures[0]["url"]).status_code == 200
    assert client.get(archive.address(entry)).status_code == 200


def test_a_picture_that_does_not_come_is_told(run: Run) -> None:
    body = "<p>Chữ.</p><figure><img src='https://a.vn/no.png'><figcaption>Mất</figcaption></figure>"
    outcome = run(
        row(1, body=None, body_html=body), row(2, images=["https://a.vn/x"]), pictures={"https://a.vn/x": b"?"}
    )
    first = Entry.objects.order_by("pk")[0]
    assert first.current is not None
    assert first.current.body_html == "<p>Chữ.</p>"
    assert outcome.remarks == [
        (1, "its picture https://a.vn/no.png stays out: the server answered 404"),
        (2, "its picture https://a.vn/x stays out: it is no picture"),
    ]


def test_whole_texts_only_wait_for_their_pictures(run: Run) -> None:
    """Another day the server may answer."""
    text = row(images=["https://a.vn/1.png"])
    assert run(text, is_whole=True).brought == 0
    assert run(text, is_whole=True, pictures={"https://a.vn/1.png": drawn()}).brought == 1


def test_a_rehearsal_writes_nothing(run: Run) -> None:
    outcome = run(row(1, images=["https://a.vn/1.png"]), row(1), row(2, organization="Trăng"), is_rehearsal=True)
    assert (outcome.brought, outcome.known, outcome.pictures) == (2, 1, 1)
    assert outcome.organizations == {"Sao Mai": 1, "Trăng": 1}
    assert not Entry.objects.exists()
    assert not Organization.objects.exists()
    assert not Record.objects.exists()


def test_a_batch_is_rendered_beside(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process that knows no database; the order stays."""
    monkeypatch.setattr("loa.imports.actions.bring_in.BATCH", 60)
    monkeypatch.setattr("loa.imports.actions.render.WORTH_A_PROCESS", 20)
    outcome = run(*(row(number) for number in range(150)))
    assert (outcome.read, outcome.brought) == (150, 150)
    headlines = Entry.objects.order_by("pk").values_list("current__headline", flat=True)
    assert list(headlines) == [f"Vụ lúa thứ {number}" for number in range(150)]


def test_a_file_that_breaks_off_brings_in_what_comes_before(
    plan: Callable[..., Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.imports.actions.bring_in.BATCH", 2)

    def lines() -> Iterator[Line]:
        yield from (forms.read(row(number), zone="Asia/Ho_Chi_Minh") for number in range(5))
        raise CannotRead("half a file")

    with pytest.raises(CannotRead, match="half"):
        bring_in(SYSTEM, lines(), plan=plan())
    assert Entry.objects.count() == 5


def test_where_the_renderer_is_ended_the_next_run_brings_the_rest(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.imports.actions.bring_in.BATCH", 30)
    monkeypatch.setattr("loa.imports.actions.render.WORTH_A_PROCESS", 20)
    monkeypatch.setattr("loa.imports.actions.bring_in.render_all", end)
    some = [row(number) for number in range(70)]
    with pytest.raises(ProcessLost, match="was ended"):
        run(*some)
    monkeypatch.undo()
    assert run(*some).brought == 70


def end(_: object) -> None:
    """As the system does with a process for which there is no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_batch_of_texts_that_are_there_stops_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.imports.actions.bring_in.BATCH", 30)
    monkeypatch.setattr("loa.imports.actions.render.WORTH_A_PROCESS", 20)
    some = [row(number) for number in range(30)]
    outcome = run(*some, *some, *(row(number) for number in range(30, 70)))
    assert (outcome.read, outcome.brought, outcome.known) == (100, 70, 30)
    assert Entry.objects.count() == 70


def test_two_entries_that_claim_one_address(run: Run) -> None:
    run(row(1, old_urls=["/a"]), row(2, old_urls=["/a"]))
    assert OldAddress.objects.count() == 1


def test_it_has_no_release_until_somebody_needs_one(run: Run, culture: Section) -> None:
    run(row())
    assert not Release.objects.exists()


@pytest.mark.parametrize("place", ["http://[anh", "x" * 3000 + ".png", "../bi-mat.png", "a%00.png"])
def test_a_picture_whose_address_cannot_lie_in_the_folder_is_not_there(tmp_path: Path, place: str) -> None:
    (tmp_path / "bi-mat.png").write_bytes(drawn())
    (tmp_path / "anh").mkdir()
    with pytest.raises(NotThere, match="not in the folder"):
        from_folder(tmp_path / "anh")(place)
