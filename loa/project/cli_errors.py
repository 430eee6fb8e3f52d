"""What a command says when it cannot do what it was asked: one sentence, in both languages of the house."""

import errno

FULL = (errno.ENOSPC, errno.EDQUOT)
SQLITE_ERROR = 1  # https://sqlite.org/rescode.html; what is around it (full, busy, no database) has codes of its own


class Trouble(Exception):
    """A command failed for a reason its user can do something about."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(english)
        self.vietnamese = vietnamese
        self.english = english


def trouble_of(error: Exception) -> Trouble | None:
    """What went wrong around Loa and not in it: a database that does not answer, a disk that is full. None: a fault."""
    from django.db.migrations.exceptions import MigrationSchemaMissing
    from django.db.utils import DatabaseError, OperationalError

    # Of these alone: its other kinds (a column that is not there, a row twice) are faults of ours.
    if type(error) in (DatabaseError, OperationalError, MigrationSchemaMissing) and not _is_wrong_sql(error):
        return Trouble(
            "Cơ sở dữ liệu báo lỗi; hãy xem LOA_DATABASE_URL, chỗ trống trên ổ đĩa và quyền ghi.",
            f"The database answered with an error: {' '.join(str(error).split())}."
            " Look at LOA_DATABASE_URL, the room on the disk and who may write there.",
        )
    if isinstance(error, OSError) and error.errno in FULL:
        return Trouble("Ổ đĩa đã đầy.", f"The disk is full: {error}.")
    return None


def _is_wrong_sql(error: Exception) -> bool:
    """Whether SQLite, which has one kind of error for both, means the statement: a fault of ours."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code & 0xFF == SQLITE_ERROR if isinstance(code, int) else str(error).startswith(("no such ", "near "))
