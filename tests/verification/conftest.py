"""A world outside of the test's own: what name servers and web servers say."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from loa.lib import dns
from loa.lib.safe_fetch import CannotFetch, Fetched
from loa.verification.actions.prove import Look


@dataclass
class Outside:
    """Text records by domain, files by address, and who takes mail; what is not in it is not there."""

    records: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, Fetched] = field(default_factory=dict)
    mail: dict[str, bool | None] = field(default_factory=dict)
    is_down: bool = False

    def texts(self, domain: str) -> list[str]:
        if self.is_down:
            raise dns.NoAnswer(domain)
        return self.records.get(domain, [])

    def fetch(self, url: str, **_: Any) -> Fetched:
        if url not in self.files:
            raise CannotFetch("the server answered 404")
        return self.files[url]

    def serve(self, domain: str, line: str, *, at: str = "") -> None:
        """Put the file on the domain's site; `at` is where the site sends on to."""
        url = f"https://{domain}/.well-known/loa-verification.txt"
        self.files[url] = Fetched(url=at or url, content_type="text/plain", body=f"# Loa\n{line}\n".encode())

    @property
    def look(self) -> Look:
        return Look(texts=self.texts, fetch=self.fetch, takes_mail=lambda domain: self.mail.get(domain, True))


@pytest.fixture
def outside() -> Outside:
    return Outside()
