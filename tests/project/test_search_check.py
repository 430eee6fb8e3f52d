"""`loa search check` and the doctor say what is the matter with the index."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from loa.archive.models import Entry
from loa.project import cli, doctor
from loa.search import folder, queries


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Return a call of the command in this process and this database."""
    monkeypatch.setattr(cli, "set_up", lambda: None)

    def call(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli.app, ["search", "check", *words])
        return done.exit_code, done.output

    return call


def test_it_finds_what_is_wrong_and_mends_it(
    run: Callable[..., tuple[int, str]], put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> None:
    put_out()
    run_wire()
    assert run()[0] == 0
    assert doctor.search_index().level == "ok"
    put_out(headline="Tin chưa tới nơi")
    assert (run()[0], doctor.search_index().level) == (1, "note")
    assert run("--mend")[0] == 0
    term = next(folder.current(queries.engine().folder).glob("*.term"))
    term.write_bytes(b"\0" + term.read_bytes()[1:] if term.read_bytes()[0] else b"\1" + term.read_bytes()[1:])
    code, said = run()
    assert code == 1
    assert "damaged files: 1" in said
    assert doctor.search_index().is_wrong
    assert run("--mend")[0] == 0
    assert run()[0] == 0


def test_an_index_that_is_not_there(run: Callable[..., tuple[int, str]], put_out: Callable[..., Entry]) -> None:
    put_out()
    assert run()[0] == 1
    assert doctor.search_index().is_wrong
    assert run("--mend")[0] == 0
    assert queries.engine().count() == 1
