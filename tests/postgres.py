"""A throw-away PostgreSQL cluster for the suite, loaded as a pytest plugin before Django reads its settings.

With LOA_TEST_DATABASE=postgres it makes a cluster in a temporary folder, listening on a socket there and on no
port, and points LOA_DATABASE_URL at it. initdb refuses root, so under root the cluster belongs to a system user
made for it. Without PostgreSQL the run ends in one sentence; under CI that is a failure.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

USER = "loa-tests"


def find_bin() -> Path | None:
    """Return the folder that holds initdb: the newest of Debian's, or the one on the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def owner() -> str | None:
    """Return the unprivileged user the cluster must run as; None when we are not root ourselves."""
    if os.getuid() != 0:
        return None
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER], check=True)
    return USER


def start() -> str:
    """Start the cluster and return its URL; it is stopped and removed when this process ends."""
    folder = find_bin()
    if folder is None:
        say = "PostgreSQL is not installed, so the suite did not run on it (sudo apt install postgresql)."
        print(say, file=sys.stderr)
        os._exit(1 if os.environ.get("CI") else 5)
    user = owner()
    home = Path(tempfile.mkdtemp(prefix="loa-pg-"))
    if user:
        shutil.chown(home, user)
    run(
        user,
        folder / "initdb",
        "-D",
        home / "data",
        "-U",
        "loa",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C.UTF-8",
    )
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c max_connections=250"
    run(user, folder / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log", "-o", options, "start")
    starter = os.getpid()

    def stop() -> None:
        if os.getpid() == starter:  # a forked child must not take the cluster down with it
            run(user, folder / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")
            shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    return f"postgres://loa@{quote(str(home), safe='')}/postgres"


def run(user: str | None, *command: object) -> None:
    """Run one of PostgreSQL's programs, quietly, as the given user."""
    words = [str(word) for word in command]
    done = subprocess.run(words, user=user, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{words[0]} failed: {done.stderr or done.stdout}")


if os.environ.get("LOA_TEST_DATABASE") == "postgres":
    os.environ["LOA_DATABASE_URL"] = start()
