"""Attach: keep a PDF document as readers will download it."""

from pathlib import Path

from loa.lib import tokens, vietnamese
from loa.media import queries, store
from loa.media.actions.keep import keep, look_for_room
from loa.media.errors import NotADocument
from loa.media.marks import tidy
from loa.media.models import Attachment

LARGEST = 20_000_000


def attach(data: bytes, *, owner_key: str, name: str = "", title: str = "") -> Attachment:
    """The same bytes are kept once. Raises NotADocument: what does not begin and end as PDF does, or is too large.

    Raises StorageFull.
    """
    if len(data) > LARGEST or not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise NotADocument
    digest = tokens.digest(data)
    known = Attachment.objects.filter(owner_key=owner_key, digest=digest).first()
    if known is not None:
        return known
    attachment = Attachment(
        owner_key=owner_key, digest=digest, format="pdf", size=len(data), name=name[:120],
        title=vietnamese.kept(tidy(title or Path(name).stem))[:200],
    )  # fmt: skip
    attachment.words = queries.folded(attachment.name, attachment.title)
    look_for_room(owner_key, attachment.size)
    store.put(attachment.file_name, data)
    return keep(attachment)


def retitle(attachment: Attachment, *, title: str) -> Attachment:
    """Another title; a published text keeps the one it had."""
    attachment.title = vietnamese.kept(tidy(title))[:200]
    attachment.words = queries.folded(attachment.name, attachment.title)
    attachment.save(update_fields=["title", "words"])
    return attachment
