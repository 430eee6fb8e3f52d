"""Videos at a provider's: what their addresses mean, and where their players stand."""

import re
from urllib.parse import parse_qs, urlsplit

from loa.media.errors import UnknownPlayer

YOUTUBE = re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII)
VIMEO = re.compile(r"\d{6,12}", re.ASCII)
# The only hosts a page of ours ever lets a player come from.
HOSTS = {"youtube": "https://www.youtube-nocookie.com", "vimeo": "https://player.vimeo.com"}


def read(address: str) -> tuple[str, str]:
    """The provider and its id for a video; raises UnknownPlayer."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError as error:
        raise UnknownPlayer from error
    steps = [step for step in parts.path.split("/") if step]
    if host == "youtu.be" or (host in ("youtube.com", "youtube-nocookie.com") and steps[:1] != ["watch"]):
        found = "youtube", steps[-1] if steps else ""
    elif host == "youtube.com":
        found = "youtube", parse_qs(parts.query).get("v", [""])[0]
    else:
        found = "vimeo", steps[-1] if host in ("vimeo.com", "player.vimeo.com") and steps else ""
    if parts.scheme not in ("http", "https") or not {"youtube": YOUTUBE, "vimeo": VIMEO}[found[0]].fullmatch(found[1]):
        raise UnknownPlayer
    return found


def page(provider: str, video: str) -> str:
    """Where a person looks at it."""
    return f"https://www.youtube.com/watch?v={video}" if provider == "youtube" else f"https://vimeo.com/{video}"


def player(provider: str, video: str) -> str:
    """What a frame shows after a click."""
    if provider == "youtube":
        return f"{HOSTS['youtube']}/embed/{video}?autoplay=1&rel=0"
    return f"{HOSTS['vimeo']}/video/{video}?autoplay=1&dnt=1"
