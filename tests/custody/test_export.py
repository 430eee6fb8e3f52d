"""A portal is taken away whole: pages that open from a stick, and a bag that says what is in it; never a draft."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bagit
import pytest

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.audit.models import Record
from loa.custody import rules
from loa.custody.actions.browse import Site
from loa.custody.actions.export import MARK, Exported, claim, export
from loa.custody.errors import CannotExport
from loa.imports import forms
from loa.imports.actions.bring_in import Plan, bring_in
from loa.imports.actions.link import siblings
from loa.imports.providers import jsonl
from loa.imports.providers.pictures import from_folder
from loa.lib import qr
from loa.media.actions.take_in import take_in
from loa.portals.models import Portal
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.topics.models import Section
from tests.conftest import Write
from tests.custody.crawl import dead, scripts
from tests.imports.conftest import drawn

pytestmark = pytest.mark.django_db
PutOut = Callable[..., Entry]
CANARY = "chim-hoàng-yến-bí-mật"


@pytest.fixture
def entry(put_out: PutOut, organization: Any) -> Entry:
    """A release with a picture above its text and one in it."""
    owner = f"organization:{organization.pk}"
    cover, within = (take_in(drawn(colour), owner_key=owner, credit="An") for colour in ("red", "green"))
    body = (
        f'<p>Một chữ "href=\'/r/x\'" trong bài.</p><figure><img src="{within.get_absolute_url()}" alt="Đồng"></figure>'
    )
    return put_out(body_html=body + "<p>Đọc thêm ở <a href='https://ngoai.example/a?b=1'>đây</a>.</p>",
                   pictures=[{**cover.shown(), "alt": "Lúa"}])  # fmt: skip


@pytest.fixture
def run(portal: Portal, tmp_path: Path) -> Callable[..., Exported]:
    """Return a call that exports the portal."""
    return lambda **said: export(SYSTEM, portal, tmp_path / "out", version="1", **said)


def test_the_mirror_opens_without_a_server(
    entry: Entry, put_out: PutOut, run: Callable[..., Exported], tmp_path: Path
) -> None:
    """Crawled from the disk no address leads nowhere, nothing runs and nothing is sent."""
    put_out(headline="Bài thứ hai", language="en")
    run(has_bag=False)
    mirror = tmp_path / "out" / "mirror"
    assert dead(mirror) == []
    assert scripts(mirror) == []
    code = f"/r/{entry.public_id}/qr.svg"
    assert (mirror / rules.file_of(code)).read_bytes() == Site(entry.portal).read(code).body
    page = (mirror / rules.file_of(archive.address(entry))).read_text()
    assert "Sao Mai thu hoạch vụ lúa" in page
    assert 'href="https://ngoai.example/a?b=1"' in page
    assert "href='/r/x'" in page
    assert "Bản sao này là gì?" in page
    assert len(list((mirror / "media").iterdir())) >= 2
    assert (mirror / "static/ui/fonts").is_dir()
    assert [path.suffix for path in (mirror / "styles/pages").iterdir()] == [".css"]
    assert entry.current is not None
    assert entry.current.headline in (mirror / "tra-cuu" / f"{entry.published_at:%Y-%m}.html").read_text()


def test_the_bag_is_valid_and_says_everything(entry: Entry, run: Callable[..., Exported], tmp_path: Path) -> None:
    run(has_mirror=False)
    bag = tmp_path / "out" / "bag"
    bagit.Bag(str(bag)).validate()
    folder = bag / "data" / "releases" / f"{entry.published_at:%Y}" / entry.public_id
    said = json.loads((folder / "release.json").read_text())
    assert entry.current is not None
    assert said["versions"][0]["digest"] == entry.current.digest
    assert said["organization"]["name"] == "Hợp tác xã Sao Mai"
    assert (folder / "vi.md").read_text().startswith("---\n")
    page = (folder / "vi.html").read_text()
    pictures = [path.name for path in folder.iterdir() if path.suffix in (".jpg", ".webp")]
    assert len(pictures) == 2
    assert all(f'src="{name}"' in page for name in pictures)


def test_nothing_unpublished_is_in_it(
    entry: Entry, write: Write, an: Person, organization: Any, run: Callable[..., Exported], tmp_path: Path
) -> None:
    picture = take_in(drawn("black"), owner_key=f"organization:{organization.pk}", credit="An")
    write(headline=CANARY, body_html=f"<p>{CANARY}</p>", pictures=[picture.shown()])
    release = Release.objects.get(entry=entry)
    release.lead = CANARY
    release.save()
    run()
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]
    assert not [path for path in files if picture.public_id in path.name]


def test_only_what_changed_is_written(
    entry: Entry, put_out: PutOut, run: Callable[..., Exported], tmp_path: Path
) -> None:
    put_out(headline="Bài thứ hai")
    run()
    page = tmp_path / "out" / "mirror" / rules.file_of(archive.address(entry))
    before = page.stat().st_mtime_ns
    done = run()
    assert (done.mirror, done.bag) != (None, None)
    assert done.mirror is not None
    assert done.bag is not None
    assert (done.mirror.kept, done.bag.kept, page.stat().st_mtime_ns) == (2, 2, before)
    bagit.Bag(str(tmp_path / "out" / "bag")).validate()


def test_the_code_of_an_address_is_drawn_once(
    entry: Entry, put_out: PutOut, run: Callable[..., Exported], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_out(headline="Bài thứ hai")
    run(has_bag=False)
    drawn: list[str] = []
    draw = qr.of_page
    monkeypatch.setattr(qr, "of_page", lambda address: drawn.append(address) or draw(address))
    code = f"/r/{entry.public_id}/qr.svg"
    before = (tmp_path / "out/mirror" / rules.file_of(code)).read_bytes()
    run(has_bag=False)
    assert not drawn
    (tmp_path / "out/mirror" / rules.file_of(code)).unlink()
    run(has_bag=False)
    assert drawn == [f"{entry.portal.address}{code}"]
    assert (tmp_path / "out/mirror" / rules.file_of(code)).read_bytes() == before
    assert dead(tmp_path / "out/mirror") == []


def test_what_was_withdrawn_leaves_its_statement(
    entry: Entry, an: Person, run: Callable[..., Exported], tmp_path: Path
) -> None:
    run()
    withdraw(actor(an), Release.objects.get(entry=entry), statement="Số liệu sai.")
    run()
    out = tmp_path / "out"
    page = out / "mirror" / rules.file_of(archive.address(entry))
    assert "Số liệu sai." in page.read_text()
    texts = [path for path in out.rglob("*") if path.is_file() and b"N\xc4\x83m t\xe1\xba\xa5n" in path.read_bytes()]
    assert texts == []
    assert dead(out / "mirror") == []
    assert not list((out / "bag").rglob("*.jpg"))
    bagit.Bag(str(out / "bag")).validate()
    said = json.loads(next((out / "bag").rglob("release.json")).read_text())
    assert (said["state"], said["statement"], "versions" in said) == ("withdrawn", "Số liệu sai.", False)


def test_a_killed_run_is_run_again(entry: Entry, put_out: PutOut, run: Callable[..., Exported], tmp_path: Path) -> None:
    put_out(headline="Bài thứ hai")

    def die(step: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(report=die)
    with (tmp_path / "out" / "mirror.jsonl").open("a") as memory:
        memory.write('["/r/half')
    run()
    assert dead(tmp_path / "out" / "mirror") == []
    bagit.Bag(str(tmp_path / "out" / "bag")).validate()


def test_a_folder_of_somebody_elses_is_refused(entry: Entry, run: Callable[..., Exported], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thu-rieng.txt").write_text("quý")
    with pytest.raises(CannotExport, match="not empty"):
        run()
    assert (tmp_path / "out" / "thu-rieng.txt").read_text() == "quý"


def test_a_month_of_many_has_several_pages(
    entry: Entry, put_out: PutOut, run: Callable[..., Exported], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr("loa.custody.actions.mirror_pages.A_PAGE", 1)
    put_out(headline="Bài thứ hai")
    run(has_bag=False)
    month = tmp_path / "out" / "mirror" / "tra-cuu" / f"{entry.published_at:%Y-%m}"
    first, second = month.with_suffix(".html").read_text(), (month / "2.html").read_text()
    assert ("Bài thứ hai" in first, "Bài thứ hai" in second) == (False, True)
    assert f'href="{month.name}/2.html"' in first
    assert not dead(tmp_path / "out" / "mirror")


def test_it_is_recorded(entry: Entry, run: Callable[..., Exported]) -> None:
    run(has_mirror=False)
    assert Record.objects.get(act="export").detail["bag"]["releases"] == 1


def test_the_bag_comes_in_elsewhere(entry: Entry, run: Callable[..., Exported], tmp_path: Path) -> None:
    """With its pictures, its day, and the address it had."""
    run(has_mirror=False)
    data = tmp_path / "out" / "bag" / "data"
    other = Portal.objects.create(slug="khac", name="Khác")
    section = Section.objects.create(portal=other, slug="tin", name_vi="Tin")
    lines = forms.lines(jsonl.read(data / "archive.jsonl"), otherwise="vi", zone="Asia/Ho_Chi_Minh")
    plan = Plan(portal=other, section=section, headings={}, senders={}, pictures=from_folder(data))
    outcome = bring_in(SYSTEM, lines, plan=plan)
    assert (outcome.brought, outcome.pictures, outcome.remarks) == (1, 2, [])
    again = Entry.objects.get(portal=other)
    assert again.current is not None
    assert entry.current is not None
    assert again.published_at == entry.published_at
    assert (again.current.headline, again.current.body_text) == (entry.current.headline, entry.current.body_text)
    assert archive.by_old_address(other.pk, "", [archive.address(entry)]) == again


def test_links_within_the_bag_lead_on_where_it_comes_in(
    entry: Entry, put_out: PutOut, run: Callable[..., Exported], portal: Portal, tmp_path: Path
) -> None:  # fmt: skip
    put_out(
        headline="Bài thứ hai", body_html=f'<p>Xem <a href="{archive.address(entry)}">bài trước</a>, đủ dài để đọc.</p>'
    )
    run(has_mirror=False)
    data = tmp_path / "out" / "bag" / "data"
    other = Portal.objects.create(slug="khac", name="Khác")
    section = Section.objects.create(portal=other, slug="tin", name_vi="Tin")
    lines = list(forms.lines(jsonl.read(data / "archive.jsonl"), otherwise="vi", zone="Asia/Ho_Chi_Minh"))
    plan = Plan(portal=other, section=section, headings={}, senders={}, pictures=from_folder(data),
                siblings=siblings(other, lines))  # fmt: skip
    bring_in(SYSTEM, lines, plan=plan)
    first, second = Entry.objects.filter(portal=other).order_by("published_at", "pk")
    assert second.current is not None
    assert f'href="{archive.address(first)}"' in second.current.body_html


@pytest.mark.parametrize(
    ("here", "there", "way"),
    [
        ("index.html", "o/a.html", "o/a.html"), ("r/x/a.html", "index.html", "../../index.html"),
        ("r/x/a.html", "r/y/b.html", "../y/b.html"), ("r/x/a.html", "r/x/b.html", "b.html"),
        ("m/1.html", "m/1/2.html", "1/2.html"), ("m/1/2.html", "m/1.html", "../1.html"),
    ],
)  # fmt: skip
def test_pages_lead_to_one_another_without_a_root(here: str, there: str, way: str) -> None:
    assert rules.relative(here, there) == way


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"), ("/en/", "en/index.html"), ("/en", "en/index.html"), ("/o/", "o/index.html"),
        ("/o/sao-mai", "o/sao-mai.html"), ("/t/medtop:04000000/kinh-te", "t/medtop-04000000/kinh-te.html"),
        ("/zh-Hans/r/abc/x", "zh-Hans/r/abc/x.html"), ("/static/ui/base.css", "static/ui/base.css"),
        ("/styles/ui/page.b3261e-ff8a7a.0123456789ab.css", "styles/ui/page.b3261e-ff8a7a.0123456789ab.css"),
    ],
)  # fmt: skip
def test_addresses_become_files_a_stick_can_hold(path: str, file: str) -> None:
    assert rules.file_of(path) == file


@pytest.mark.parametrize(
    "path", ["/search", "/desk/", "/accounts/login/", "/feed.xml", "/r/a/b.pdf", "/media/x", "/../a"]
)
def test_what_needs_a_server_is_no_page(path: str) -> None:
    assert not rules.is_page(path)


def test_the_first_year_is_a_folder_too(put_out: PutOut, run: Callable[..., Exported], tmp_path: Path) -> None:
    entry = put_out()
    Entry.objects.filter(pk=entry.pk).update(published_at=datetime(2022, 12, 31, 23, tzinfo=UTC))
    run()
    assert (tmp_path / "out" / "mirror" / "tra-cuu" / "2023-01.html").is_file()  # in the portal's zone
    assert (tmp_path / "out" / "bag" / "data" / "releases" / "2022").is_dir()


def test_an_address_that_only_browsers_can_read_stays_as_it_is(
    put_out: PutOut, run: Callable[..., Exported], tmp_path: Path
) -> None:
    """One author's link would otherwise keep the portal from being taken away."""
    entry = put_out(body_html='<p>Hợp tác xã trả lời mọi câu hỏi. Gọi <a href="tel://＠">số này</a>.</p>' * 3)
    run(has_bag=False)
    assert 'href="tel://＠"' in (tmp_path / "out" / "mirror" / rules.file_of(archive.address(entry))).read_text()


def test_half_a_mark_is_written_by_nobody(portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when a second run begins would leave it, and no later run would know its own folder."""
    home = tmp_path / "out"
    claim(portal, home)
    before = (home / MARK).read_bytes()

    def half(path: Path, *_: object) -> None:
        path.write_bytes(b'{"por')
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", half)
        with pytest.raises(OSError, match="No space"):
            claim(portal, home)
    assert (home / MARK).read_bytes() == before
    claim(portal, home)
    (home / MARK).write_text("[]")
    with pytest.raises(CannotExport, match="another portal"):
        claim(portal, home)
