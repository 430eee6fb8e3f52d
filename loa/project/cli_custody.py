"""The commands that keep everything owned safe: make a backup, see that it comes back, put it in place."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from loa.project.cli_errors import Trouble
from loa.project.cli_output import note, progress


def _set_up() -> None:
    from loa.project import cli_start

    cli_start.refuse_unwritable_home()
    cli_start.load_django()


def backup(
    file: Annotated[Path, typer.Argument(help="The .tar to write, or .tar.age to encrypt it; it must not exist yet.")],
    keys: Annotated[
        Path | None,
        typer.Option(help="The public keys that may open an encrypted one; LOA_BACKUP_KEYS when not given."),
    ] = None,
) -> None:
    """Write everything owned into one file while the portal runs (the secret key is not in it)."""
    _set_up()
    from loa.project import cli_start

    cli_start.refuse_missing_tables()
    from django.conf import settings

    from loa.custody.actions.backup import backup as act
    from loa.custody.actions.seal import read_recipients
    from loa.custody.errors import CannotBackUp

    keys = keys or (settings.LOA_BACKUP_KEYS if file.suffix == ".age" else None)
    try:
        if file.suffix == ".age" and keys is None:
            raise CannotBackUp("To encrypt, name a file of public keys with --keys (make one with loa keys backup).")
        recipients = read_recipients(keys) if keys is not None else []
        with progress("backup") as report:
            manifest = act(
                file, media=cli_start.media_folder(), version=cli_start.version(), recipients=recipients, report=report
            )
    except CannotBackUp as error:
        raise Trouble("Không sao lưu được.", str(error)) from error
    _note_it(file, manifest)
    rows = sum(found["rows"] for found in manifest["tables"].values())
    note(f"{file}: {len(manifest['tables'])} tables, {rows} rows, {len(manifest['files'])} files.")


def _note_it(file: Path, manifest: dict[str, object]) -> None:
    """For the operator's page; a database that waits for an upgrade may not have the table yet."""
    from loa.audit.actions.record import Actor
    from loa.custody.actions.note import note_made
    from loa.custody.actions.upgrade import waiting_migrations

    if not waiting_migrations():
        note_made(Actor("cli", f"loa backup ({_user()})"), file.resolve(), manifest)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's number without a name
        return "?"


def restore(
    file: Annotated[Path, typer.Argument(help="A file that loa backup wrote.", exists=True, dir_okay=False)],
    key: Annotated[Path | None, typer.Option(help="The file of the secret key that opens an encrypted one.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only see that it comes back, in a scratch folder; nothing is put in place.")
    ] = False,
) -> None:
    """Put a backup into an empty LOA_HOME and database, every table and file checked, and rebuild the search index."""
    _set_up()
    from loa.custody.actions.restore import restore as act
    from loa.custody.errors import CannotRestore
    from loa.project import cli_start

    if check:
        _check(file, key)
        return
    try:
        with progress("restore") as report:
            manifest = act(file, media=cli_start.media_folder(), identity=key, report=report)
    except CannotRestore as error:
        raise Trouble("Không khôi phục được.", str(error)) from error
    cli_start.migrate()
    cli_start.rebuild_search()
    note(f"Restored {len(manifest['tables'])} tables and {len(manifest['files'])} files; every digest is equal.")


def _check(file: Path, key: Path | None) -> None:
    from loa.custody.actions.check import check as act
    from loa.custody.actions.note import note_checked
    from loa.custody.actions.upgrade import waiting_migrations
    from loa.custody.errors import CannotRestore
    from loa.project import cli_start

    try:
        with progress("check") as report:
            manifest = act(file, scratch=cli_start.home() / "scratch", identity=key, report=report)
    except CannotRestore as error:
        raise Trouble("Bản sao lưu này không khôi phục được.", str(error)) from error
    if not waiting_migrations():
        note_checked(file.resolve())
    note(f"{file} comes back: {len(manifest['tables'])} tables and {len(manifest['files'])} files, every digest equal.")


def new_key(
    file: Annotated[Path, typer.Argument(help="Where to write the secret key; keep it away from this machine.")],
) -> None:
    """Make a key for encrypted backups: the secret one goes to a file, the public one is printed."""
    from loa.custody.actions.seal import new_key as act
    from loa.custody.errors import CannotBackUp

    try:
        public = act(file)
    except CannotBackUp as error:
        raise Trouble("Không tạo được khóa.", str(error)) from error
    note(public)
