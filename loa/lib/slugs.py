"""The readable piece of an address."""

import re
from functools import lru_cache

from loa.lib import vietnamese

FALLBACK = "thong-cao"
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4_000)  # those of topics stand in every list of them
def slugify(text: str, max_length: int = 80, *, otherwise: str = FALLBACK) -> str:
    """ASCII words joined by hyphens, cut at a word; never empty (where no letter is Latin another name stands in)."""
    slug = _NOT_ASCII_WORD.sub("-", vietnamese.fold(text)).strip("-")
    if len(slug) > max_length:
        head, border, _ = slug[: max_length + 1].rpartition("-")
        slug = head if border else slug[:max_length]
    return slug or otherwise[:max_length].rstrip("-")
