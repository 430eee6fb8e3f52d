"""A text that was published before, or nearly."""

from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from loa.lib import vietnamese
from loa.releases.preflight.draft import Draft, Finding

SHINGLE = 5  # words
FEWEST = 20  # shingles; a shorter text is like many others
ALIKE = 0.6  # the part of the shorter text that stands in the other
USUAL = 20_000  # characters; the shingles of a longer text take too much memory to be kept


def check(draft: Draft) -> Iterator[Finding]:
    """The most alike of the organization's earlier texts."""
    mine = shingles(draft.text)
    if len(mine) < FEWEST:
        return
    best, likest = 0.0, None
    for one in draft.earlier:
        other = _known(one.text) if len(one.text) <= USUAL else shingles(one.text)
        shared = len(mine & other) / min(len(mine), len(other)) if len(other) >= FEWEST else 0.0
        if shared > best:
            best, likest = shared, one
    if likest is not None and best >= ALIKE:
        yield Finding(
            check="duplicates", field="body_html", excerpt=likest.headline,
            what=_("Giống %(percent)s%% một thông cáo đã đăng: %(headline)s")
            % {"percent": round(best * 100), "headline": likest.headline},
            why=_("Tin cũ sửa lại nên là đính chính ở địa chỉ cũ (%(path)s); đăng lần nữa làm người đọc nhầm.")
            % {"path": likest.path},
            ask=_("Vì sao đăng lần nữa"),
        )  # fmt: skip


def shingles(text: str) -> set[int]:
    """Every five words in a row, folded, as numbers of this process."""
    words = vietnamese.fold(text).split()
    return {hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}


# What an organization has published is the same at each look, a second and a half after each pause of its writer.
_known = lru_cache(maxsize=64)(shingles)
