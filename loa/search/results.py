"""What a results page shows of a text: the reader's own words marked, the rest escaped."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from loa.lib.vietnamese import nfc
from loa.search import reading, tree
from loa.search.words import spans_of

_Span = tuple[int, int]


def highlight(text: str, query: str | tree.Question) -> SafeString:
    """The whole text as safe HTML, with <mark> round the words asked for.

    Words typed with marks are marked in that spelling; only where the text has none of
    them, in any spelling. Neighbouring words share one <mark>.
    """
    text = nfc(text)
    return mark_safe(_marked(text, _spans(text, _question(query))))  # noqa: S308 (escaped there)


def snippet(text: str, query: str | tree.Question, *, length: int = 240) -> SafeString:
    """The stretch of the text that holds most of the words asked for, marked."""
    text = _on_one_line(nfc(text))
    marked = _spans(text, _question(query))
    start, end = _window(text, marked, length)
    inside = [(a - start, b - start) for a, b in marked if start <= a and b <= end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{_marked(text[start:end], inside)}{after}")  # noqa: S308 (likewise)


def _on_one_line(text: str) -> str:
    """One space where there were some, or other white space; printable is no white space but the space."""
    line = text.replace("\n", " ")
    while "  " in line:
        line = line.replace("  ", " ")
    # To take all words apart takes three times as long, and is needed for one text in a hundred.
    return line.strip(" ") if line.isprintable() else " ".join(text.split())


def _question(query: str | tree.Question) -> tree.Question:
    return reading.parse(query) if isinstance(query, str) else query


def _spans(text: str, question: tree.Question) -> list[_Span]:
    spellings = _spellings(question)
    found = spans_of(text, spellings.keys())
    in_spelling = {folded for folded, exact, _ in found if exact in spellings[folded]}
    return list(
        _joined(
            text,
            [span for folded, exact, span in found if folded not in in_spelling or exact in spellings[folded]],
        )
    )


@lru_cache(maxsize=64)  # asked again for each of a page's texts
def _spellings(question: tree.Question) -> dict[str, set[str]]:
    """The spellings asked for by folded term; none where the reader typed no marks at all."""
    spellings: dict[str, set[str]] = {}
    others = (words for one in question.alternatives for words in one.others)
    for words in (*question.wanted(), *others):
        for folded, exact in zip(words.folded, words.exact, strict=True):
            asked = spellings.setdefault(folded, set())
            if words.has_marks:
                asked.add(exact)
    return spellings


def _joined(text: str, found: list[_Span]) -> Iterator[_Span]:
    start = end = -1
    for next_start, next_end in found:
        # "57-KL/TW" and "thông tin" are one run; a sentence's end parts two.
        if start >= 0 and text[end:next_start] in ("", " ", "-", "/", "–", "."):
            end = next_end
            continue
        if start >= 0:
            yield start, end
        start, end = next_start, next_end
    if start >= 0:
        yield start, end


def _window(text: str, marked: list[_Span], length: int) -> _Span:
    if len(text) <= length:
        return 0, len(text)
    best, best_weight, weight, after = 0, 0, 0, 0
    for at, (start, end) in enumerate(marked):
        # A run counts by its square: four words together say more than four apart.
        while after < len(marked) and marked[after][1] <= start + length:
            weight += (marked[after][1] - marked[after][0]) ** 2
            after += 1
        if weight > best_weight:
            best, best_weight = start, weight
        weight, after = (weight - (end - start) ** 2, after) if after > at else (0, at + 1)
    start = max(0, min(best - length // 4, len(text) - length))
    if start:
        start = text.find(" ", start, best) + 1 or best
    end = start + length
    if end < len(text):
        end = max(text.rfind(" ", start, end + 1), start) if " " in text[start:end] else end
    return start, min(end, len(text))


def _marked(text: str, found: list[_Span]) -> str:
    """Safe HTML of a text that anybody wrote."""
    pieces, end = [], 0
    for start, stop in found:
        pieces += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    pieces.append(escape(text[end:]))
    return "".join(pieces)
