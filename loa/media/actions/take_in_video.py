"""Take in a video: a file that is one by its own bytes, or the address of one at a provider."""

import hashlib
import shutil
from pathlib import Path

from loa.media import film, players, queries, store
from loa.media.actions.keep import keep, look_for_room
from loa.media.models import Video

PIECE = 1 << 20


def take_in_video(path: Path, *, owner_key: str, name: str = "") -> Video:
    """Moves the file at `path` into the media folder. The same bytes are kept once. Raises NotAFilm, StorageFull."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    known = Video.objects.filter(owner_key=owner_key, digest=digest.hexdigest()).first()
    if known is not None:
        return known
    look_for_room(owner_key, path.stat().st_size)
    beside = store.new()
    shutil.move(str(path), beside)
    try:
        seen = film.look(beside)
        video = Video(
            owner_key=owner_key, digest=digest.hexdigest(), format=seen.format, size=beside.stat().st_size,
            width=seen.width, height=seen.height, seconds=seen.seconds, name=name[:120], title=Path(name).stem[:120],
        )  # fmt: skip
        video.words = queries.folded(video.name, video.title)
        beside.chmod(0o644)
        beside.replace(store.folder() / video.file_name)
    finally:
        beside.unlink(missing_ok=True)
    return keep(video)


def link_video(address: str, *, owner_key: str, title: str) -> Video:
    """A video at YouTube's or Vimeo's; nobody is asked about it. Raises UnknownPlayer."""
    provider, number = players.read(address)
    digest = hashlib.sha256(f"{provider}:{number}".encode()).hexdigest()
    known = Video.objects.filter(owner_key=owner_key, digest=digest).first()
    video = Video(
        owner_key=owner_key, digest=digest, format="", size=0, provider=provider, provider_id=number,
        title=title, width=1920, height=1080, words=queries.folded(title),
    )  # fmt: skip
    return known or keep(video)
