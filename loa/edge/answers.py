"""What an application answers by WSGI (PEP 3333), and whether it is a page for everyone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from loa.edge import encodings
from loa.edge.store import Headers

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

LARGEST = 2_000_000  # bytes of a page that may be kept
HANDED_OVER = (
    500_000  # bytes of a file that is given to the server at once; it holds them for as long as a reader reads
)


@dataclass
class Answer:
    """What Django said."""

    status: str = ""
    headers: Headers = field(default_factory=list)
    rest: tuple[Any, ...] = ()

    def start(self, status: str, headers: Headers, *rest: Any) -> Callable[[bytes], None]:
        """Django's `start_response`: kept, to be said when we know what becomes of it."""
        self.status, self.headers, self.rest = status, headers, rest
        return _nothing_is_written

    def get(self, name: str) -> str:
        """A header, by its name in small letters."""
        return next((value for known, value in self.headers if known.lower() == name), "")


def _nothing_is_written(_data: bytes) -> None:
    raise NotImplementedError("the write callable of WSGI is not used by Django")


class Leaving:
    """An answer that makes room once it has been sent."""

    def __init__(self, content: Iterable[bytes], leave: Callable[[], None]) -> None:
        self.content = content
        self._leave: Callable[[], None] | None = leave

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.content)

    def close(self) -> None:
        """Once, however often it is called (PEP 3333)."""
        try:
            close(self.content)
        finally:
            leave, self._leave = self._leave, None
            if leave is not None:
                leave()


def close(content: Iterable[bytes]) -> None:
    """Say that no more of an answer is wanted."""
    end = getattr(content, "close", None)
    if end is not None:
        end()


def whole(content: Iterable[bytes]) -> bytes:
    """All of an answer at once."""
    try:
        return b"".join(content)
    finally:
        close(content)


def may_be_kept(answer: Answer) -> bool:
    """Say whether an answer is a public page, by its own words."""
    if not answer.status.startswith("200") or not answer.get("cache-tag") or answer.get("set-cookie"):
        return False
    vary = {name.strip().lower() for name in answer.get("vary").split(",") if name.strip()}
    length = answer.get("content-length")  # what is streamed has none
    if not length.isdecimal() or int(length) > LARGEST:
        return False
    said = {word.strip() for word in answer.get("cache-control").split(",")}
    return "public" in said and vary <= {"accept", "accept-encoding"}


def encoded(answer: Answer, content: Iterable[bytes], encoding: str) -> Iterable[bytes]:
    """The content of a public page that is not kept, in an encoding; the headers of the answer say so.

    Its ETag becomes a weak one (RFC 9110, section 8.8.1), so that the application goes on knowing it.
    """
    if not encoding or not encodings.may_encode(answer.get("content-type"), int(answer.get("content-length"))):
        return content
    body = encodings.encoded(whole(content), encoding)
    said = [*filter(None, (answer.get("vary"),)), "Accept-Encoding"]
    changed = {"content-length": str(len(body)), "content-encoding": encoding, "vary": ", ".join(said)}
    if etag := answer.get("etag"):
        changed["etag"] = f"W/{etag.removeprefix('W/')}"
    answer.headers = [one for one in answer.headers if one[0].lower() not in changed]
    answer.headers += [(name.title(), value) for name, value in changed.items()]
    return [body]
