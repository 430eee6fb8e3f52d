"""Describe a video: its title and credit, the picture shown before it plays, its captions."""

from django.db import transaction

from loa.lib import tokens, vietnamese
from loa.media import film, queries, store
from loa.media.actions.keep import reserve
from loa.media.marks import tidy
from loa.media.models import Picture, Video


def describe_video(
    video: Video,
    *,
    title: str,
    credit: str = "",
    poster: Picture | None = None,
    captions: bytes | None = None,
    captions_language: str = "",
    no_poster: bool = False,
    no_captions: bool = False,
) -> Video:
    """A new poster or captions file takes the place of the old one; none leaves it, unless it is to go.

    What was published keeps the captions it had.

    Raises NotAFilm for captions, StorageFull.
    """
    checked = film.captions(captions) if captions else None
    with transaction.atomic():
        kept = Video.objects.select_for_update().get(pk=video.pk)
        kept.title, kept.credit = (vietnamese.kept(tidy(text))[:200] for text in (title, credit))
        kept.words = queries.folded(kept.name, kept.title, kept.credit)
        kept.poster = poster or (None if no_poster else kept.poster)
        if no_captions:
            kept.captions = kept.captions_language = ""
        elif kept.captions:
            kept.captions_language = captions_language or kept.captions_language
        if checked:
            # Under the video's own name, so that whoever may see the one may read the other; numbered, for a published
            # text keeps the captions it had.
            kept.captions = f"{kept.public_id}-{int(tokens.digest(checked)[:3], 16) + 1}.vtt"
            if not (store.folder() / kept.captions).is_file():  # else it was counted when it came
                reserve(kept.owner_key, len(checked))
                kept.beside += len(checked)
            kept.captions_language = captions_language
            store.put(kept.captions, checked)
        kept.save()
    return kept
