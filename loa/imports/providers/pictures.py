"""Where the bytes of pictures come from: addresses on the open Internet, or a folder that came along."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from loa.lib.safe_fetch import CannotFetch, Connector, Limits, Resolver, connect, fetch, resolve

MOST_BYTES = 20_000_000
# Old sites often speak plain http, and their pictures have moved once or twice since.
LIMITS = Limits(most_bytes=MOST_BYTES, seconds=20.0, redirects=3, schemes=("https", "http"))

Bytes = Callable[[str], bytes]  # of the picture at a place; raises NotThere


class NotThere(Exception):
    """A picture could not be had; the text says why."""


def from_addresses(*, resolver: Resolver = resolve, connector: Connector = connect) -> Bytes:
    """Pictures are fetched from where they lie."""

    def bring(place: str) -> bytes:
        try:
            return fetch(place, limits=LIMITS, resolver=resolver, connector=connector).body
        except CannotFetch as error:
            raise NotThere(str(error)) from error

    return bring


def from_folder(folder: Path) -> Bytes:
    """Pictures lie in a folder: under the path of their address, its last part, or their own relative path."""
    home = folder.resolve()

    def bring(place: str) -> bytes:
        try:
            return found(unquote(urlsplit(place).path).lstrip("/"))
        except (OSError, ValueError) as error:  # "http://[", a name longer than any file has, one nobody may read
            raise NotThere("it is not in the folder") from error

    def found(path: str) -> bytes:
        parts = path.split("/")
        # A copy of a site's files may begin at any folder of it: whole, "uploads/2019/05/a.jpg", "a.jpg".
        for start in range(len(parts)):
            file = home.joinpath(*parts[start:])
            if file.is_file() and file.resolve().is_relative_to(home):
                if file.stat().st_size > MOST_BYTES:
                    raise NotThere(f"it is larger than {MOST_BYTES // 1_000_000} MB")
                return file.read_bytes()
        raise NotThere("it is not in the folder")

    return bring


def left_behind(place: str) -> bytes:
    """Pictures stay where they are; asked for is none."""
    raise NotThere("pictures were not asked for")
