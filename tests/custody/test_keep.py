"""Every night a backup that came back, once; old ones go by the calendar; failures are told and tried again."""

import tarfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.custody import queries, rules
from loa.custody.actions import keep as subject
from loa.custody.actions.check import check
from loa.custody.actions.keep import claim, keep
from loa.custody.actions.seal import new_key
from loa.custody.errors import CannotRestore
from loa.custody.models import Backup
from loa.lib import clock
from loa.portals.models import Portal
from loa.project import doctor
from tests.conftest import PASSWORD

Night = Callable[..., Backup | None]
KEEP = rules.Retention(7, 5, 12)


@pytest.fixture
def night(tmp_path: Path) -> Night:
    """Return a call that does what is due tonight."""
    media = tmp_path / "media"
    media.mkdir()
    (media / "a.webp").write_bytes(b"picture")

    def run(keys: Path | None = None, retention: rules.Retention = KEEP) -> Backup | None:
        return keep(folder=tmp_path / "kept", media=media, version="1", keys=keys, retention=retention)

    return run


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_that_comes_back(night: Night, tmp_path: Path, portal: Portal) -> None:
    row = night()
    assert row is not None
    assert (row.error, row.files >= 1, row.rows > 0, row.checked_at is not None) == ("", True, True, True)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [Path(row.path).name]
    assert Path(row.path).stat().st_mode & 0o077 == 0
    assert check(Path(row.path), scratch=tmp_path / "scratch")["tables"]["portals_portal"]["rows"] == 1
    assert list((tmp_path / "scratch").iterdir()) == []
    assert Record.objects.filter(act="backup").exists()


@pytest.mark.django_db(transaction=True)
def test_once_a_night(night: Night) -> None:
    night()
    assert night() is None
    assert Backup.objects.count() == 1


@pytest.mark.django_db
def test_two_workers_make_one_and_a_dead_one_is_followed() -> None:
    now = clock.now()
    day = rules.night_of(now)
    assert claim(day, now) is not None
    assert claim(day, now) is None
    assert claim(day, now + timedelta(hours=2)) is None  # still at it
    assert claim(day, now + timedelta(hours=7)) is not None
    assert claim(day, now + timedelta(hours=7)) is None


@pytest.mark.django_db(transaction=True)
def test_what_does_not_come_back_is_no_backup(night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, nothing old is removed, and it is tried again an hour later."""
    old = tmp_path / "kept" / "loa-20000101T000000Z.tar"
    old.parent.mkdir()
    old.write_bytes(b"old")

    def refuse(*_: Any, **__: Any) -> None:
        raise CannotRestore("The backup is damaged: table x is not what its manifest says.")

    with monkeypatch.context() as patched:
        patched.setattr(subject, "check", refuse)
        row = night()
    assert row is not None
    assert "damaged" in row.error
    assert list((tmp_path / "kept").iterdir()) == [old]
    assert night() is None
    Backup.objects.update(begun_at=clock.now() - timedelta(hours=2))
    again = night()
    assert again is not None
    assert (again.error, again.pk) == ("", row.pk)


@pytest.mark.django_db(transaction=True)
def test_it_is_sealed_for_a_key_elsewhere(night: Night, tmp_path: Path, portal: Portal) -> None:
    secret, keys = tmp_path / "secret.key", tmp_path / "public"
    keys.write_text(f"# ở nhà\n{new_key(secret)}\n")
    row = night(keys)
    assert row is not None
    path = Path(row.path)
    assert (row.is_encrypted, path.suffix, row.checked_at is not None) == (True, ".age", True)
    assert portal.name.encode() not in path.read_bytes()
    assert not tarfile.is_tarfile(path)
    check(path, scratch=tmp_path / "scratch", identity=secret)
    with pytest.raises(CannotRestore, match="--key"):
        check(path, scratch=tmp_path / "scratch")
    other = tmp_path / "other.key"
    new_key(other)
    with pytest.raises(CannotRestore, match="does not open"):
        check(path, scratch=tmp_path / "scratch", identity=other)
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_of_no_keys_is_told(night: Night, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("ssh-rsa x\n")
    row = night(tmp_path / "keys")
    assert row is not None
    assert "no age key" in row.error


@pytest.mark.django_db(transaction=True)
def test_a_damaged_database_is_found(night: Night, tmp_path: Path, portal: Portal) -> None:
    """A row that points nowhere: every digest is right, and the database is not."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own look")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("UPDATE portals_portalhost SET portal_id = 999")
    row = night()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE portals_portalhost SET portal_id = %s", [portal.pk])
        cursor.execute("PRAGMA foreign_keys = ON")
    assert row is not None
    assert "portals_portalhost points to one that is not there" in row.error


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_is_full_is_told(night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says it in an error of its own, which is no OSError."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own error")

    def refuse(database: Any) -> None:
        database.execute("PRAGMA max_page_count = 1")
        database.execute("CREATE TABLE much (x)")
        database.execute("INSERT INTO much VALUES (zeroblob(1000000))")

    monkeypatch.setattr(queries, "digests_of_sqlite", refuse)
    row = night()
    assert row is not None
    assert "could not be copied" in row.error
    assert "full" in row.error
    assert row.lease_until is None
    assert list((tmp_path / "kept").iterdir()) == []


def paths(*days: str) -> dict[Path, datetime]:
    return {Path(f"{day}.tar"): datetime.fromisoformat(day).replace(tzinfo=UTC) for day in days}


def test_days_weeks_and_months_are_kept() -> None:
    start = datetime(2025, 1, 1, 19, tzinfo=UTC)
    found = {Path(str(number)): start + timedelta(days=number) for number in range(400)}
    kept = sorted(int(path.name) for path in rules.kept(found, rules.Retention(7, 5, 12)))
    assert kept[-7:] == list(range(393, 400))
    assert len(kept) == 7 + 3 + 10  # two weeks and two months end within the last seven days
    assert kept[0] == 89  # 31 March: of fourteen months the twelve latest


def test_the_last_of_a_day_is_the_one_kept() -> None:
    found = paths("2025-01-01T10:00:00", "2025-01-01T20:00:00")
    assert rules.kept(found, rules.Retention(1, 0, 0)) == {Path("2025-01-01T20:00:00.tar")}


@pytest.mark.django_db(transaction=True)
def test_only_files_of_ours_are_removed(night: Night, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    for name in (
        "loa-20000101T000000Z.tar",
        "loa-20000102T000000Z.tar.age",
        "before-1-20000101T000000Z.tar",
        "thu.tar",
    ):
        (folder / name).write_bytes(b"x")
    night(retention=rules.Retention(1, 1, 1))
    left = sorted(path.name for path in folder.iterdir())
    assert [left[0], left[2], left[1].startswith("loa-2026") or left[1] > "loa-2026"] == [
        "before-1-20000101T000000Z.tar", "thu.tar", True,
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["7,5", "0,5,12", "a,b,c", "-1,2,3"])
def test_a_retention_nobody_can_read_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        rules.read_retention(written)


@pytest.fixture
def operator(make_person: Callable[..., Person], client: Client) -> Client:
    """The operator, signed in."""
    client.login(username=make_person("Lan", is_staff=True, is_superuser=True).email, password=PASSWORD)
    return client


@pytest.mark.django_db
def test_the_page_says_when_there_is_none(operator: Client, portal: Portal) -> None:
    said = operator.get("/operator/backups").content.decode()
    assert "Chưa có bản sao lưu nào" in said
    assert "LOA_BACKUP_FOLDER" in said


@pytest.mark.django_db
def test_the_page_warns_after_two_days_and_tells_what_failed(operator: Client, portal: Portal) -> None:
    row = Backup.objects.create(made_by="Loa", path="/srv/a.tar", made_at=clock.now(), checked_at=clock.now(), size=5)
    assert "khôi phục thử và so lại" in operator.get("/operator/backups").content.decode()
    row.made_at = clock.now() - timedelta(hours=49)
    row.save()
    Backup.objects.create(made_by="Loa", error="Ổ đĩa đầy.")
    said = operator.get("/operator/backups").content.decode()
    assert "máy tự thử lại mỗi giờ" in said
    assert "hơn 48 giờ" in said
    assert "Ổ đĩa đầy." in said
    assert "over 48" not in operator.get("/en/operator/backups").content.decode()
    assert "more than 48 hours" in operator.get("/en/operator/backups").content.decode()


@pytest.mark.django_db
def test_others_do_not_find_it(client: Client, portal: Portal, moderator: Person) -> None:
    assert client.get("/operator/backups").status_code == 404
    client.login(username=moderator.email, password=PASSWORD)
    assert client.get("/operator/backups").status_code == 404


@pytest.mark.django_db
def test_the_doctor_tells_too() -> None:
    assert (doctor.backups().level, "there is none" in doctor.backups().found) == ("note", True)
    Backup.objects.create(made_by="Loa", made_at=clock.now(), checked_at=clock.now())
    assert doctor.backups().found.endswith("it comes back")
