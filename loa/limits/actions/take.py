"""Takes one of a limited number in a window of time."""

from django.db import connection
from django.utils.crypto import salted_hmac

from loa.lib import clock

_UPSERT = """
INSERT INTO limits_window (key, started, ends, taken) VALUES (%s, %s, %s, 1)
ON CONFLICT (key, started) DO UPDATE SET taken = limits_window.taken + 1
RETURNING taken
"""


def take(key: str, *, limit: int, seconds: int) -> bool:
    """Count one and say whether it was within the limit; one statement, so that two at once both count.

    Windows of another length are counted apart, though they may begin with the same key at the same moment.
    """
    started = int(clock.now().timestamp()) // seconds * seconds
    digest = salted_hmac("loa.limits", f"{seconds}:{key}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [digest, started, started + seconds])
        row = cursor.fetchone()
    return int(row[0]) <= limit
