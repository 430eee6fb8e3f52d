"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added"]
Run = tuple[Kind, str]

_WORD = re.compile(r"\S+\s*")
# Comparing takes time with the square of what differs; beyond this the whole stretch counts as written anew.
MOST_WORDS = 3000


def runs(before: str, after: str) -> list[Run]:
    """The two texts as runs of words; those of "same" and "added" make `after`. Spaces alone are no change."""
    old, new = _WORD.findall(before.strip()), _WORD.findall(after.strip())
    old_keys, new_keys = [word.strip() for word in old], [word.strip() for word in new]
    made: list[Run] = []
    for tag, a, b, c, d in _opcodes(old_keys, new_keys):
        if tag == "equal":
            made.append(("same", "".join(new[c:d])))
            continue
        made += [("removed", "".join(old[a:b]))] if b > a else []
        made += [("added", "".join(new[c:d]))] if d > c else []
    return made


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """As difflib gives them, over what lies between the common beginning and the common end."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield "equal", 0, head, 0, head
    if max(len(a), len(b)) > MOST_WORDS:
        yield "replace", head, head + len(a), head, head + len(b)
    else:
        for tag, i, j, k, m in SequenceMatcher(None, a, b).get_opcodes():
            yield tag, head + i, head + j, head + k, head + m
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words the two begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (left, right) in pairs if left != right), min(len(old), len(new)))


def places(made: Sequence[Run]) -> int:
    """How many places changed; words replaced by others are one place."""
    changed = [kind != "same" for kind, _ in made]
    return sum(is_change and (i == 0 or not changed[i - 1]) for i, is_change in enumerate(changed))


def with_context(made: Sequence[Run], words: int = 20) -> list[Run]:
    """The same, with long stretches that did not change cut to the words around each change."""
    return [(kind, _cut(text, words, i == 0, i == len(made) - 1) if kind == "same" else text)
            for i, (kind, text) in enumerate(made)]  # fmt: skip


def _cut(text: str, words: int, is_first: bool, is_last: bool) -> str:
    found = _WORD.findall(text)
    before, after = 0 if is_first else words, 0 if is_last else words
    if len(found) <= before + after:
        return text
    return "".join([*found[:before], "… ", *found[len(found) - after :]])
