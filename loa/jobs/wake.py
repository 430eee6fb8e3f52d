"""Wakes the worker on this machine; losing a wake-up costs half a second, since the worker also polls."""

import socket
from contextlib import suppress
from pathlib import Path

from django.conf import settings

# A path of a Unix socket holds 107 bytes (unix(7)); a longer LOA_HOME leaves the worker to polling.
LONGEST = 107


def path() -> Path:
    """Where the worker listens."""
    return Path(settings.LOA_HOME) / "wake"


def wake() -> None:
    """Tell the worker that a row was committed; never raises and never waits."""
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        sender.sendto(b"1", str(path()))


def listener() -> socket.socket | None:
    """The worker's end, or None where it cannot be had; a socket a dead worker left is replaced."""
    if len(str(path()).encode()) > LONGEST:
        return None
    with suppress(OSError):
        path().parent.mkdir(parents=True, exist_ok=True)
        path().unlink(missing_ok=True)
        receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        receiver.bind(str(path()))
        path().chmod(0o600)
        return receiver
    return None


def wait(receiver: socket.socket | None, seconds: float) -> bool:
    """Wait for a wake-up, at most so long; takes all that came. Without a socket the caller waits itself."""
    if receiver is None:
        return False
    receiver.settimeout(seconds)
    try:
        receiver.recv(16)
        receiver.setblocking(False)
        while True:
            receiver.recv(16)
    except BlockingIOError:
        return True
    except OSError:
        return False
