"""Writers of one SQLite file wait for each other and all get their turn."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "loa.project.settings"
import django
django.setup()
from django.db import connection, transaction
for _ in range(40):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO turns (writer) VALUES (%s)", [sys.argv[1]])
"""


def test_a_statement_is_asked_as_django_would_ask_it(db: None) -> None:
    with connection.cursor() as cursor:
        for _ in range(2):
            for value in ("Sáu", "%s"):
                cursor.execute("SELECT %s, '50%%', '%%s' || %s", [value, 7])
                assert cursor.fetchall() == [(value, "50%", "%s7")]
        cursor.execute("SELECT %(one)s, %(one)s", {"one": 3})
        assert cursor.fetchall() == [(3, 3)]
        cursor.execute("SELECT '50%'")
        assert cursor.fetchall() == [("50%",)]
        cursor.execute(f"SELECT %s{' ' * 25_000}, 1", [2])
        assert cursor.fetchall() == [(2, 1)]


def test_every_writer_gets_its_turn(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOA_", "DJANGO_"))}
    environment = kept | {"LOA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    table = WRITER.split("for _", maxsplit=1)[0] + 'connection.cursor().execute("CREATE TABLE turns (writer TEXT)")'
    subprocess.run([sys.executable, "-c", table], env=environment, check=True)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(n)], env=environment) for n in range(4)]
    assert [writer.wait(timeout=300) for writer in writers] == [0, 0, 0, 0]
    count = WRITER.split("for _", maxsplit=1)[0] + (
        "cursor = connection.cursor()\n"
        'cursor.execute("SELECT count(*) FROM turns GROUP BY writer")\n'
        "print([row[0] for row in cursor.fetchall()])"
    )
    done = subprocess.run([sys.executable, "-c", count], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[40, 40, 40, 40]"
