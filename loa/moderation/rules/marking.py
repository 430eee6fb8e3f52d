"""Where marked words stand in a text, whatever white space a browser put between them."""

import re
from dataclasses import dataclass

from loa.lib import vietnamese

AROUND = 60  # characters before and after
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text and what stands around them."""

    words: str
    before: str
    after: str


def found_in(text: str, words: str) -> Found | None:
    """The first place where these words stand."""
    wanted = vietnamese.nfc(words).split()
    if not wanted:
        return None
    match = re.search(r"\s+".join(map(re.escape, wanted)), vietnamese.nfc(text))
    if match is None or match.end() - match.start() > LONGEST:
        return None
    before, after = text[max(0, match.start() - AROUND) : match.start()], text[match.end() : match.end() + AROUND]
    return Found(" ".join(match[0].split()), before.rpartition("\n")[2], after.partition("\n")[0])
