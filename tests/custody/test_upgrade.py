"""An upgrade that fails leaves everything as it was."""

from pathlib import Path

import pytest
from django.db import connection

from loa.custody.actions import upgrade as subject
from loa.custody.errors import UpgradeFailed

pytestmark = pytest.mark.django_db(transaction=True)


def fail_half_way() -> None:
    """Make a table, as a migration does, and fail."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE half_way (id integer)")
    raise ValueError("the second half failed")


def test_it_does_nothing_when_nothing_waits(tmp_path: Path) -> None:
    """No migration, no backup."""
    assert subject.upgrade(tmp_path / "b.tar", media=tmp_path / "media", version="1") == []
    assert not (tmp_path / "b.tar").exists()


def test_a_failed_upgrade_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of the half that went well is gone again."""
    monkeypatch.setattr(subject, "waiting_migrations", lambda: ["x.0002"])
    with pytest.raises(UpgradeFailed, match="as it was before: the second half failed"):
        subject.upgrade(tmp_path / "b.tar", media=tmp_path / "media", version="1", apply=fail_half_way)
    assert "half_way" not in connection.introspection.table_names()
    assert (tmp_path / "b.tar").exists()
