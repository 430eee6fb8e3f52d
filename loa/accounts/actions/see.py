"""Notes that a session is in use, and under which key it is kept now."""

from loa.accounts.models import SignIn
from loa.lib import clock


def see(public_id: str, *, session_key: str) -> None:
    """One statement, at most every five minutes a session."""
    SignIn.objects.filter(public_id=public_id, ended_at=None).update(seen_at=clock.now(), session_key=session_key)
