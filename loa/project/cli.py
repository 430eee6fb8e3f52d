"""The command `loa`: each command turns words into plain values, calls one act or one service, and says how it went.

Django is imported inside the commands, so that `loa --help` answers at once and on a broken set-up too.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from loa.project import cli_custody, cli_moving
from loa.project.cli_errors import Trouble, trouble_of
from loa.project.cli_output import note, progress, report_trouble, table

app = typer.Typer(
    name="loa",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Loa, a newswire anyone can run. Settings come from the environment (docs/settings.md).",
)
search = typer.Typer(no_args_is_help=True, help="The search index.")
keys = typer.Typer(no_args_is_help=True, help="The secret key of this portal.")
app.add_typer(search, name="search")
app.add_typer(keys, name="keys")


def set_up() -> None:
    """Check the folder, then load Django; every command that needs the database begins here."""
    from loa.project import cli_start

    cli_start.refuse_unwritable_home()
    cli_start.load_django()


Host = Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for all.")]
Port = Annotated[int | None, typer.Option(help="The port; LOA_PORT or 8000 when not given.", min=1, max=65535)]
Workers = Annotated[int | None, typer.Option(help="Web workers; LOA_WORKERS or 2 when not given.", min=1, max=64)]


@app.command(epilog="Example: [bold]loa run[/bold]")
def run() -> None:
    """Set up what is missing (tables, demonstration portal in an empty LOA_HOME), serve, and print the addresses."""
    from loa.project import cli_start, server

    fresh = cli_start.is_fresh()
    server.refuse_taken_port("127.0.0.1", cli_start.port())
    set_up()
    cli_start.migrate()
    if fresh:
        cli_start.fill_demonstration(note)
    server.serve("127.0.0.1", cli_start.port(), cli_start.workers(), on_ready=cli_start.announce)


@app.command(epilog="Example: [bold]loa serve --host 0.0.0.0 --port 8000 --workers 4[/bold]")
def serve(host: Host = "127.0.0.1", port: Port = None, workers: Workers = None) -> None:
    """Serve the portal: web and worker under one supervisor, until SIGTERM or Ctrl-C."""
    from loa.project import cli_start, server

    port, workers = port or cli_start.port(), workers or cli_start.workers()
    server.refuse_taken_port(host, port)
    set_up()
    cli_start.refuse_other_version()
    server.serve(host, port, workers, on_ready=lambda: note(f"serving on http://{host}:{port}"))


@app.command(epilog="Example: [bold]loa worker[/bold]")
def worker() -> None:
    """Run one worker: it carries notices to the outlets and does the jobs. `loa serve` starts one already."""
    import signal
    import threading

    from loa.project import cli_start

    set_up()
    cli_start.refuse_other_version()
    from loa.lib import garbage
    from loa.wire import worker as wire_worker

    garbage.settle()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    wire_worker.run(stop)


@app.command(
    epilog="Example: [bold]loa init --name 'Báo Mới' --host tin.example.vn --email lan@example.vn[/bold]",
)
def init(
    name: Annotated[str, typer.Option(help="The name of the portal.", prompt="Name of the portal")],
    email: Annotated[
        str,
        typer.Option(
            help="The operator's address; it stands on the contact page until changed.", prompt="Operator's e-mail"
        ),
    ],
    host: Annotated[str, typer.Option(help="The host the portal answers to.")] = "localhost",
    password: Annotated[
        str,
        typer.Option(
            help="The operator's password; asked for when not given.",
            prompt=True,
            hide_input=True,
            confirmation_prompt=True,
            envvar="LOA_INIT_PASSWORD",
        ),
    ] = "",
) -> None:
    """Make an empty portal and its first operator."""
    from loa.project import cli_start

    set_up()
    cli_start.migrate()
    from loa.project import cli_init

    cli_init.make_portal(name=name, host=host, email=email, password=password)
    cli_start.rebuild_search()  # an empty index: without one `/readyz` and the search page say it is being rebuilt
    note(f"The portal {name} is there; sign in as {email}. At /operator/ make a section first.")
    note(f"Its terms, privacy, about, pricing and contact pages hold starting texts that name {email}: review them.")


@app.command(epilog="Example: [bold]loa demo[/bold]")
def demo() -> None:
    """Fill an empty database with the demonstration portal."""
    from loa.project import cli_start

    set_up()
    cli_start.migrate()
    cli_start.fill_demonstration(note)


@app.command(epilog="Example: [bold]loa upgrade[/bold]")
def upgrade() -> None:
    """Back up, then bring the database to this version; put everything back if that fails. Stop the portal before."""
    set_up()
    from loa.custody.actions.upgrade import upgrade as act
    from loa.custody.errors import CannotBackUp, UpgradeFailed
    from loa.lib import clock
    from loa.project import cli_start

    cli_start.refuse_missing_tables()
    cli_start.refuse_newer_database()
    target = cli_start.home() / "backups" / f"before-{cli_start.version()}-{clock.now():%Y%m%dT%H%M%SZ}.tar"
    try:
        applied = act(target, media=cli_start.media_folder(), version=cli_start.version())
    except (CannotBackUp, UpgradeFailed) as error:
        raise Trouble("Không nâng cấp được; dữ liệu vẫn như trước.", str(error)) from error
    note(f"{len(applied)} migrations applied; the backup is {target}." if applied else "Nothing to upgrade.")


@app.command(epilog="Example: [bold]loa doctor --deep[/bold]")
def doctor(deep: Annotated[bool, typer.Option("--deep", help="Check the record itself too.")] = False) -> None:
    """Say what is wrong with this set-up, one line a finding; the exit code is 1 when something is."""
    from loa.project import doctor as examination

    findings = examination.examine(deep=deep)
    table(["", "what", "found"], [[f.mark, f.what, f.found] for f in findings])
    if any(f.is_wrong for f in findings):
        raise typer.Exit(1)


@search.command("rebuild", epilog="Example: [bold]loa search rebuild[/bold]")
def search_rebuild() -> None:
    """Write a new index beside the old one from the record, and swap."""
    from loa.project import cli_start

    set_up()
    cli_start.refuse_other_version()
    with _rebuilding(), progress("search rebuild"):
        count = cli_start.rebuild_search()
    note(f"The search index is rebuilt: {count} documents.")


@contextmanager
def _rebuilding() -> Iterator[None]:
    """What can hinder it, in a sentence."""
    from loa.search.errors import IndexBusy, IndexUnwritten

    try:
        yield
    except IndexBusy as error:
        raise Trouble("Kho tìm kiếm đang được dựng lại; xin đợi.", "The index is being rebuilt now; wait.") from error
    except IndexUnwritten as error:
        raise Trouble(
            "Ổ đĩa không nhận kho tìm kiếm mới; kho cũ vẫn như trước.", f"{error}; the old one stays."
        ) from error


@search.command("check", epilog="Example: [bold]loa search check --mend[/bold]")
def search_check(
    mend: Annotated[bool, typer.Option("--mend", help="Put right what is wrong, by a rebuild where need be.")] = False,
) -> None:
    """Read every byte of the index against its checksums, and compare it with the record entry by entry.

    The exit code is 1 when something is wrong and was not mended. The worker does this with --mend every night.
    """
    from loa.project import cli_start

    set_up()
    cli_start.refuse_other_version()
    from loa.search.actions.check import check

    with _rebuilding(), progress("search check"):
        found = check(mend=mend)
    faults = {
        "there is no index that can be read": int(found.is_missing),
        "damaged files": len(found.damaged),
        "texts missing": len(found.missing),
        "texts that differ": len(found.changed),
        "texts that should not be there": len(found.extra),
        "texts taken out whose words still stand in the files": found.leftovers,
    }
    for what, number in faults.items():
        if number:
            note(f"{what}: {number}")
    if found.rebuilt or found.mended:
        note(f"Rebuilt with {found.rebuilt} documents." if found.rebuilt else f"Mended {found.mended} entries.")
    elif not found.is_whole:
        raise typer.Exit(1)
    else:
        note("The index is as the record says.")


@keys.command("export", epilog="Example: [bold]loa keys export > /safe/place/loa.key[/bold]")
def keys_export() -> None:
    """Print the secret key, which no backup holds; keep it somewhere else than the backups."""
    set_up()
    from django.conf import settings

    print(settings.SECRET_KEY)


@app.command(epilog="Example: [bold]loa read-word FILE.docx[/bold]")
def read_word(
    file: Annotated[Path, typer.Argument(help="A .docx, .md or .txt file.", exists=True, dir_okay=False)],
) -> None:
    """Print as JSON what a text is understood as: headline, lead, body, quotes, people, images, contact."""
    import json

    from loa.lib import word

    try:
        found = word.read(file.read_bytes(), word.form_of(file.name))
    except word.NotAText as error:
        raise Trouble("Không đọc được tệp này.", _NOT_READ[error.reason]) from error
    print(json.dumps(found.plain(), ensure_ascii=False, indent=2))


_NOT_READ = {
    "too_large": "The file is too large, or unpacks to more than a text can be (20 MB, 2,000 parts, ratio 100).",
    "too_long": "The text is longer than 300,000 characters.",
    "old": "This is a file of Word before 2007, or one under a password: save it as .docx without one.",
    "locked": "The file is under a password: save it without one.",
    "unreadable": "The file is broken, or no text this reads.",
    "busy": "Too many files are being read: try again.",
    "unknown": "Only .docx, .md and .txt files are read.",
}


@app.command(epilog="Example: [bold]loa bench[/bold]")
def bench() -> None:
    """Print the figures of the budgets, one line each, against a reference in the same run."""
    import runpy

    script = Path(__file__).resolve().parents[2] / "bench" / "run.py"
    if not script.exists():
        raise Trouble("Không có thư mục bench ở bản cài này.", "There is no bench folder in this installation.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.project.settings")
    runpy.run_path(str(script), run_name="__main__")


app.command("import", epilog="Example: [bold]loa import archive.jsonl.gz --organization 'Sao Mai'[/bold]")(
    cli_moving.bring_in
)


app.command("export", epilog="Example: [bold]loa export /media/stick/portal[/bold]")(cli_moving.export)


app.command(epilog="Example: [bold]loa backup /srv/backups/loa-2026-11-24.tar[/bold]")(cli_custody.backup)
app.command(epilog="Example: [bold]LOA_HOME=/srv/loa loa restore /srv/backups/loa-2026-11-24.tar[/bold]")(
    cli_custody.restore
)
keys.command("backup", epilog="Example: [bold]loa keys backup /safe/place/backup.key[/bold]")(cli_custody.new_key)


def main() -> None:
    """Run the command; a Trouble is two sentences and exit code 1, never a traceback."""
    try:
        app(prog_name="loa")
    except Trouble as trouble:
        report_trouble(trouble)
    except Exception as error:
        if (trouble_around := trouble_of(error)) is None:
            raise
        report_trouble(trouble_around)
    else:
        return
    sys.exit(1)


if __name__ == "__main__":
    main()
