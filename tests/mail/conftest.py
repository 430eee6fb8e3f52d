"""A sink that is a process of its own, and a newsletter to send there."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from loa.mail.actions.address import To, address
from loa.mail.actions.open_mailing import open_mailing
from loa.mail.actions.seal import seal
from loa.mail.models import Mailing

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Sink:
    """Where it listens, and what it took."""

    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        return int((self.folder / "port").read_text())

    def taken(self) -> list[str]:
        """Recipients of the texts it took, in order."""
        return [line.split("\t")[0] for line in (self.folder / "taken").read_text().splitlines()]


@pytest.fixture
def sink(settings: Any, tmp_path: Path) -> Iterator[Sink]:
    """A sink of this test's own, and mail sent there."""
    with subprocess.Popen([sys.executable, str(ROOT / "bench" / "sink.py"), str(tmp_path)]) as process:
        until = time.monotonic() + 120
        while not (tmp_path / "port").exists() and time.monotonic() < until:
            time.sleep(0.01)
        made = Sink(tmp_path, process)
        settings.LOA_MAIL_URL = f"smtp://127.0.0.1:{made.port}"
        yield made
        process.kill()


@pytest.fixture
def make(db: None) -> Callable[..., Mailing]:
    """Return a maker of sealed newsletters."""

    def make_one(emails: Iterable[str], key: str = "issue:1", **more: Any) -> Mailing:
        mailing = open_mailing(**{"key": key, "lane": "news", "subject": "Tin", "text": "Chào {{name}}\n", **more})
        address(mailing, [To(email, email, {"name": "bạn"}, cancel_key=f"of:{email}") for email in emails])
        seal(mailing)
        return mailing

    return make_one
