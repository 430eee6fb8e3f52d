"""Commands fail in a sentence and with an exit code, never with a traceback."""

import errno
import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from loa.project import cli_start, config
from loa.project.cli_errors import trouble_of
from tests import homes
from tests.lib import make_words

ROOT = Path(__file__).resolve().parents[2]


def loa(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command with these settings and no other."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LOA_") and k != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-P", "-m", "loa.project.cli", *words]
    environment = kept | {"PYTHONPATH": str(ROOT)} | settings
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    """And nothing was set up for it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = loa("run", LOA_HOME=str(tmp_path / "home"), LOA_PORT=str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "choose another" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_an_unwritable_home_is_a_sentence(tmp_path: Path) -> None:
    """A file stands where the folder should be: even root cannot write there."""
    (tmp_path / "home").write_text("in the way")
    done = loa("backup", str(tmp_path / "b.tar"), LOA_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    assert "cannot be written to" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_serving_waits_for_the_tables(tmp_path: Path) -> None:
    """An operator who forgot `loa init` hears of it."""
    done = loa("serve", "--port", "18999", LOA_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    assert "loa init" in done.stderr


@pytest.mark.parametrize("words", [("serve", "--port", "18998"), ("upgrade",), ("run",)])
def test_a_database_that_a_newer_loa_had_is_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Whoever went back a version would lose what the newer one wrote."""
    about = homes.with_tables(tmp_path / "home", on_postgres=False)
    with sqlite3.connect(tmp_path / "home" / "loa.db") as rows:
        rows.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('archive', '9999_later', '2999-01-01')"
        )
    rows.close()
    done = loa(*words, **{name: value for name, value in about.items() if name.startswith("LOA_")})
    assert done.returncode == 1
    assert "it has archive.9999_later" in done.stderr
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("LOA_CACHE_URL", "memcached://cache"),
        ("LOA_TASKS_URL", "celery+amqp://queue"),
        ("LOA_MAIL_URL", "anymail:mailgun"),
        ("LOA_MAIL_URL", "smtp://relay:post"),
        ("LOA_MAIL_URL", "smtp://:587"),
        ("LOA_MAIL_FROM", "nobody"),
        ("LOA_MEDIA_URL", "s3://bucket"),
        ("LOA_SEARCH_URL", "opensearch+https://search"),
        ("LOA_PORT", "99999"),
        ("LOA_SECRET_KEY", "hoa-sen"),
        ("LOA_PROXIES", "one"),
        ("LOA_ORIGIN", "tin.example.vn"),
        ("LOA_ORIGIN", "https://tin.example.vn/path"),
        ("LOA_ORIGIN", "https://báo.example.vn"),
        ("LOA_ORIGIN", "https://tin..example.vn"),
        ("LOA_ORIGIN", "https://tin.example.vn:99999"),
    ],
)
def test_a_setting_that_cannot_be_is_a_sentence(tmp_path: Path, setting: str, value: str) -> None:
    """Never ignored, whichever it is."""
    done = loa("keys", "export", LOA_HOME=str(tmp_path), **{setting: value})
    assert done.returncode == 1
    assert setting in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_port_that_cannot_be_is_a_sentence_where_it_is_opened(tmp_path: Path) -> None:
    """Before anything is set up, `serve` and `run` look at it."""
    done = loa("serve", LOA_HOME=str(tmp_path), LOA_PORT="99999")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "LOA_PORT must be a number from 1 to 65535.")


def test_an_empty_home_is_the_usual_one() -> None:
    """A line of the environment left empty is no wish to write where one stands."""
    done = loa("doctor", "--help", LOA_HOME="")
    assert done.returncode == 0
    with mock.patch.dict(os.environ, {"LOA_HOME": ""}):
        assert config.home() == Path("var").resolve()


@pytest.mark.parametrize(
    "words",
    [("backup", "b.tar"), ("upgrade",), ("worker",), ("search", "rebuild"), ("search", "check"), ("export", "x")],
)
def test_where_no_portal_was_made_yet_is_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A wrong LOA_HOME is the likeliest reason."""
    done = loa(*words, LOA_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    assert "loa init" in done.stderr
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    "words",
    [("backup", "b.tar"), ("upgrade",), ("worker",), ("search", "rebuild"), ("demo",), ("export", "x"), ("serve",)],
)
def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    """SQLite says so in a class of error of its own."""
    (tmp_path / "loa.db").write_bytes(b"no database" * 1000)
    done = loa(*words, LOA_HOME=str(tmp_path), LOA_PORT="18998")
    assert done.returncode == 1
    assert "file is not a database" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    """Nobody listens on that port."""
    done = loa("upgrade", LOA_HOME=str(tmp_path), LOA_DATABASE_URL="postgres://loa:x@127.0.0.1:1/loa")
    assert done.returncode == 1
    assert "Connection refused" in done.stderr
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("words", [("read-word",), ("restore",), ("restore", "--check")])
def test_a_folder_where_a_file_should_be_is_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    """The line of usage says which word it is about."""
    done = loa(*words, str(tmp_path), LOA_HOME=str(tmp_path / "home"))
    assert done.returncode == 2
    assert "directory" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("restore",), ("restore", "--check")])
def test_what_is_no_backup_is_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Not the list of what tarfile tried."""
    (tmp_path / "b.tar").write_text("nonsense")
    done = loa(*words, str(tmp_path / "b.tar"), LOA_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    assert "is not a readable backup of Loa" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_doctor_tells_of_a_setting_nobody_reads(tmp_path: Path) -> None:
    """A slip of the pen does nothing, and not silently."""
    done = loa("doctor", LOA_HOME=str(tmp_path / "home"), LOA_ORGIN="https://tin.example.vn", LOA_ZZZ="1")
    assert "settings\tno settings of Loa, so they do nothing: LOA_ORGIN (is LOA_ORIGIN meant?), LOA_ZZZ" in done.stdout


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (OperationalError("database or disk is full"), "disk is full"),
        (OSError(errno.ENOSPC, "No space left"), "No space"),
    ],
)
def test_a_full_disk_is_a_sentence_wherever_it_is_met(error: Exception, word: str) -> None:
    """What is a fault of ours keeps its traceback."""
    trouble = trouble_of(error)
    assert trouble is not None
    assert word in trouble.english
    assert trouble_of(IntegrityError("a row twice")) is None
    assert trouble_of(OSError(errno.EBADF, "closed")) is None


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["SELECT nocol", "SELECT 1 FROM notable", "SELECT nofunction()", "SELEC 1"])
def test_a_wrong_statement_is_a_fault_of_ours(statement: str) -> None:
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        connection.cursor().execute(statement)
    assert trouble_of(raised.value) is None


def test_doctor_names_the_unwritable_folder(tmp_path: Path) -> None:
    """The finding is there and the exit code is 1."""
    (tmp_path / "home").write_text("in the way")
    done = loa("doctor", LOA_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    assert "folder\tThe folder" in done.stdout


@pytest.mark.parametrize("word", ["doctor", "search", "backup", "serve"])
def test_help_needs_no_home(word: str) -> None:
    """--help works before anything is set up."""
    done = loa(word, "--help", LOA_HOME="/proc/nowhere")
    assert done.returncode == 0


def test_a_home_with_only_a_key_is_fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key put there beforehand does not keep the demonstration away; a database does."""
    monkeypatch.setenv("LOA_HOME", str(tmp_path))
    (tmp_path / "secret.key").write_text("x")
    assert cli_start.is_fresh()
    (tmp_path / "loa.db").write_text("x")
    assert not cli_start.is_fresh()
    (tmp_path / cli_start.FILLING).touch()
    assert cli_start.is_fresh()


def test_a_word_file_is_told_in_json(tmp_path: Path) -> None:
    """No database is needed for it, nor anything of a portal's."""
    (tmp_path / "a.docx").write_bytes(make_words.plain())
    done = loa("read-word", str(tmp_path / "a.docx"))
    said = json.loads(done.stdout)
    names = "headline subtitle dateline lead body_html quotes people images contact boilerplate reported"
    assert list(said) == names.split()
    assert said["headline"] == "Sao Mai thu hoạch vụ lúa hữu cơ"


def test_a_broken_word_file_is_a_sentence(tmp_path: Path) -> None:
    """Whatever it does, it does in a process of its own."""
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 broken")
    done = loa("read-word", str(tmp_path / "a.docx"))
    assert done.returncode == 1
    assert "broken" in done.stderr
    assert len(done.stderr.splitlines()) == 2
