"""Describe: change what is said about a picture, in its row and in all its files."""

from typing import Any

from django.db import transaction

from loa.lib import clock, vietnamese
from loa.media import store
from loa.media.actions.take_in import words_of
from loa.media.marks import LONGEST, mark, tidy
from loa.media.models import Picture, Rendition, State


def describe(picture: Picture, **said: Any) -> Picture:
    """`said`: alt, caption, credit, creator, licence, digital_source_type, focal_x, focal_y.

    The file is written with the new words at once, its pixels untouched; the worker makes the renditions anew.
    """
    with transaction.atomic():
        kept = Picture.objects.select_for_update().get(pk=picture.pk)
        before = kept.said
        for name, value in said.items():
            is_word = name in LONGEST
            setattr(kept, name, vietnamese.kept(tidy(value))[: LONGEST[name]] if is_word else int(value))
        kept.words = words_of(kept)
        if kept.said != before:
            data = mark(store.get(kept.file_name), kept.format, kept.said)
            store.put(kept.file_name, data)
            kept.size = len(data)
            Rendition.objects.filter(picture=kept).update(state=State.PENDING, attempts=0, not_before=clock.now())
        kept.save()
    return kept
