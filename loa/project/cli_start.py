"""What commands need before they can begin: a writable home, Django, tables, the demonstration portal."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from loa.project import config, sqlite_version
from loa.project.cli_errors import Trouble
from loa.project.cli_output import note

# Left in LOA_HOME while the demonstration is being filled in: a start that finds it takes the work up again.
FILLING = "filling-demonstration"
# What may lie in a home that counts as empty: an operator's key put there beforehand, and a disk's own folder.
NOT_CONTENT = {"secret.key", "lost+found", FILLING}


def home() -> Path:
    """Return LOA_HOME without loading Django's settings, which may already write a key."""
    return config.home()


def media_folder() -> Path:
    """Return where the files of the portal lie on this machine."""
    from django.conf import settings

    return Path(settings.MEDIA_ROOT)


def version() -> str:
    """Return the version of this code."""
    return config.version()


def port() -> int:
    """Return LOA_PORT; a word that is no port is a Trouble."""
    try:
        return config.port()
    except ValueError:
        raise Trouble(
            "LOA_PORT phải là một con số từ 1 đến 65535.", "LOA_PORT must be a number from 1 to 65535."
        ) from None


def workers() -> int:
    """Return LOA_WORKERS; a word that is no number is a Trouble."""
    try:
        return max(1, config.workers())
    except ValueError:
        raise Trouble("LOA_WORKERS phải là một con số.", "LOA_WORKERS must be a number.") from None


def is_fresh() -> bool:
    """Say whether LOA_HOME is empty, or a demonstration was begun in it and not finished."""
    if not home().exists() or (home() / FILLING).exists():
        return True
    return not any(path.name not in NOT_CONTENT for path in home().iterdir())


def refuse_unwritable_home() -> None:
    """Raise Trouble unless files can be made in LOA_HOME; it is made when it is not there."""
    try:
        home().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home()) as probe:
            probe.write(b"x")
    except OSError as error:
        raise Trouble(
            f"Không ghi được vào thư mục {home()}; hãy sửa quyền ghi hoặc đặt LOA_HOME sang thư mục khác.",
            f"The folder {home()} cannot be written to ({error.strerror}); make it writable or set another LOA_HOME.",
        ) from None


def load_django() -> None:
    """Load settings and apps; a wrong setting or an unreachable database is a Trouble."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    sqlite_version.refuse_too_old()
    _compile_catalogues()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.project.settings")
    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise Trouble("Cấu hình chưa đúng.", str(error)) from error


def _compile_catalogues() -> None:
    """Make an operator's own translations readable before the settings look for them; a broken file is a Trouble."""
    from loa.project.translations import compile_own

    try:
        compile_own(home())
    except (OSError, ValueError) as error:
        raise Trouble("Một tệp bản dịch trong LOA_HOME/locale không đọc được.", str(error)) from error


def migrate() -> None:
    """Bring the tables to this version. Raises Trouble where they are of a newer one."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    if MigrationRecorder(connection).has_table():
        refuse_newer_database()
    call_command("migrate", verbosity=0, interactive=False)


def refuse_other_version() -> None:
    """Raise Trouble when the database is older than the code, or newer: every page would be an error, or loss."""
    from loa.custody.actions.upgrade import waiting_migrations

    if waiting_migrations():
        raise Trouble(
            "Cơ sở dữ liệu chưa sẵn sàng cho phiên bản này; hãy chạy: loa init (cổng mới) hoặc loa upgrade.",
            "The database is not ready for this version; run loa init (a new portal) or loa upgrade first.",
        )
    refuse_newer_database()


def refuse_newer_database() -> None:
    """Raise Trouble when a newer Loa has been at work on the database."""
    from loa.custody.actions.backup import applied_migrations
    from loa.custody.actions.restore import unknown_migrations

    if unknown := unknown_migrations(applied_migrations()):
        raise Trouble(
            "Một bản Loa mới hơn đã nâng cấp cơ sở dữ liệu này; hãy chạy bản đó, hoặc khôi phục bản sao lưu cũ hơn.",
            f"The database is newer than this Loa: it has {unknown[0]}. Run the newer version, or restore a "
            "backup from before.",
        )


def refuse_missing_tables() -> None:
    """Raise Trouble where no portal was ever made: a database of any version of Loa has its tables."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    if not MigrationRecorder(connection).has_table():
        raise Trouble(
            "Ở đây chưa có cổng thông tin nào; hãy xem LOA_HOME và LOA_DATABASE_URL, hoặc chạy loa init.",
            "There is no portal here yet; look at LOA_HOME and LOA_DATABASE_URL, or run loa init.",
        )


def fill_demonstration(report: Callable[[str], None]) -> None:
    """Fill the demonstration portal; refused where any portal is, unless it is a demonstration half filled."""
    from loa.portals.models import Portal
    from loa.project import demonstration

    marker = home() / FILLING
    if Portal.objects.exists() and not marker.exists():
        raise Trouble(
            "Ở đây đã có một cổng thông tin.", "There is a portal here already; the demonstration needs an empty place."
        )
    marker.touch()
    report("Đang dựng cổng thông tin mẫu … (filling the demonstration portal)")
    demonstration.fill()
    marker.unlink()


def announce() -> None:
    """Print where the portal is and, for the demonstration, who can sign in."""
    from loa.project import demonstration

    note(f"\nLoa: {config.origin()}")
    if sister := demonstration.sister():
        note(f"  Cổng chị em (its sister, another host name): {sister}")
    for line in demonstration.accounts():
        note(f"  {line}")
    note("Ctrl-C để dừng (to stop).")


def rebuild_search() -> int:
    """Write the search index again from the record; return how many documents it holds."""
    from loa.search import record
    from loa.search.actions.rebuild import rebuild

    return rebuild(record.everything(), record.changed_from_now())


def free_bytes() -> int:
    """Return the room left on the disk that holds LOA_HOME."""
    return shutil.disk_usage(home()).free
