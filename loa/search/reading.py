"""What was typed, read as a question; whatever is typed is one, so reading never fails.

"57-KL/TW" and "57 KL TW" are the same three terms. Quotation marks make a phrase, a hyphen before a word or a phrase
leaves it out, OR (HOẶC, |) gives a choice, a name with a colon is a limit. What looks like a command and is none is
looked for as words, and a remark says so.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from loa.lib.vietnamese import fold, nfc
from loa.search import names
from loa.search.tree import Limit, Question, Remark, Words
from loa.search.words import exact_terms, folded_terms, is_unspaced

_LONGEST_QUESTION = 400
_MOST_TERMS = 32
_MOST_PARTS = 16  # phrases, choices, exclusions or limits; a question with more is a machine's

_NAME_OF = {alias: name for name, called in names.LIMITS.items() for one in called for alias in (one, fold(one))}
_NAMES = "|".join(re.escape(alias) for alias in sorted(_NAME_OF, key=len, reverse=True))
_QUOTES = '"“”„«»'
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:"
    rf"(?<![^\s(\-])(?P<name>{_NAMES}) ?:[ ]?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<value>[^\s{_QUOTES}]*))"
    rf"|[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}]?)"
    rf"|(?P<word>[^\s{_QUOTES}]+))",
    re.IGNORECASE,
)
# What looks like a limit of another search ("title:gạo") and is none here; an address ("https://…") and "10:30" do not.
_UNKNOWN = re.compile(r"([^\W\d_]{2,20}:)(?:[^\s/:]|$)")
_OR = {"OR", "|", "||"}
_OR_TOO = "HOẶC"
_AND = {"AND", "&&"}
_DAY = re.compile(r"(?:(\d{1,2})[/.-])?(?:(\d{1,2})[/.-])?(\d{4})|(\d{4})[/.-](\d{1,2})(?:[/.-](\d{1,2}))?")


@dataclass
class _Reader:
    """What has been read so far."""

    loose: list[str] = field(default_factory=list)
    phrases: list[Words] = field(default_factory=list)
    runs: list[Words] = field(default_factory=list)
    choices: list[list[Words]] = field(default_factory=list)
    excluded: list[Words] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    before: tuple[list[str] | list[Words], Words] | None = None  # where the last thing wanted went, for an OR after it
    is_choosing: bool = False

    def want(self, text: str, *, is_phrase: bool) -> None:
        """Look for it: on its own, or as one more of a choice."""
        words = words_of(text)
        if not words.folded:
            return
        if self.is_choosing:
            self.choices[-1].append(words)
            self.is_choosing = False
            return
        if is_phrase or is_unspaced(text):
            into = self.phrases if is_phrase else self.runs
            into.append(words)
            self.before = (into, words)
        else:
            self.loose.append(text)
            self.before = (self.loose, words)

    def choose(self, typed: str) -> None:
        """The thing before and the thing after are a choice."""
        if self.is_choosing:
            return
        if self.before is not None:
            into, words = self.before
            into.pop()
            self.choices.append([words])
            self.before = None
        elif not self.choices:
            self.remarks.append(Remark("or", typed))
            return
        self.is_choosing = True

    def finish_choice(self) -> None:
        """An OR with nothing after it is none."""
        if self.is_choosing:
            self.is_choosing = False
            self.remarks.append(Remark("or", "OR"))

    def limit(self, name: str, value: str, typed: str, *, is_excluded: bool) -> None:
        """Narrow the search; a value nobody knows is looked for as a word."""
        words = words_of(value)
        found: Limit | None = None
        if name in ("from", "before", "after", "to"):
            if self._bound(name, value):
                return
        elif name == "kind":
            found = _coded(name, names.KIND_OF.get(" ".join(words.folded)))
        elif name == "language":
            known = names.LANGUAGE_OF.get(fold(value)) or names.LANGUAGE_OF.get(" ".join(words.folded))
            found = _coded(name, known)
        elif words.folded:
            found = Limit(name, words)
        if found is not None:
            self.limits.append(Limit(found.name, found.words, found.code, is_excluded))
            return
        about = "empty" if not words.folded else "date" if name in ("from", "before", "after", "to") else name
        self.remarks.append(Remark(about, typed))
        self.want(typed.replace(":", " "), is_phrase=False)

    def _bound(self, name: str, value: str) -> bool:
        days = stretch(value)
        if days is None:
            return False
        first, after = days
        if name in ("from", "after"):
            begins = first if name == "from" else after
            self.since = max(self.since or begins, begins)
        else:
            ends = first if name == "before" else after
            self.until = min(self.until or ends, ends)
        return True


def _coded(name: str, code: str | None) -> Limit | None:
    return Limit(name, code=code) if code else None


def parse(text: str) -> Question:
    """The question in a text, of which the first 400 letters are read."""
    reader = _Reader()
    whole = nfc(text.encode("utf-8", "replace").decode())  # half a letter (a lone surrogate) is a question mark
    if len(whole) > _LONGEST_QUESTION:
        reader.remarks.append(Remark("long", str(_LONGEST_QUESTION)))
    whole = whole[:_LONGEST_QUESTION]
    # In a headline typed all in capitals, "HOẶC" is a word.
    is_shouted = whole.isupper()
    for piece in _PIECE.finditer(whole):
        _take(reader, piece, is_shouted=is_shouted)
    reader.finish_choice()
    _say_what_is_left_out(reader)
    return Question(
        terms=words_of(" ".join(reader.loose)),
        phrases=tuple(reader.phrases[:_MOST_PARTS]),
        runs=tuple(reader.runs[:_MOST_PARTS]),
        choices=tuple(tuple(choice[:_MOST_PARTS]) for choice in reader.choices[:_MOST_PARTS]),
        excluded=tuple(reader.excluded[:_MOST_PARTS]),
        limits=tuple(reader.limits[:_MOST_PARTS]),
        since=reader.since,
        until=reader.until,
        remarks=tuple(dict.fromkeys(reader.remarks)),
        is_blank=not whole.strip(),
    )


def limits_in(text: str) -> list[tuple[int, int]]:
    """Where in a composed text a limit stands, name, colon and value, whether or not it could be read."""
    return [piece.span() for piece in _PIECE.finditer(text) if piece["name"] is not None]


def _say_what_is_left_out(reader: _Reader) -> None:
    if len(folded_terms(" ".join(reader.loose))) > _MOST_TERMS:
        reader.remarks.append(Remark("many", str(_MOST_TERMS)))
    lists: list[list[Words]] = [reader.phrases, reader.runs, reader.excluded, *reader.choices]
    if max(len(reader.choices), len(reader.limits), *map(len, lists)) > _MOST_PARTS:
        reader.remarks.append(Remark("parts", str(_MOST_PARTS)))


def _take(reader: _Reader, piece: re.Match[str], *, is_shouted: bool) -> None:
    is_minus = bool(piece["minus"])
    if piece["name"] is not None:
        name = _NAME_OF.get(piece["name"].lower()) or _NAME_OF[fold(piece["name"])]
        typed = piece[0].removeprefix("-")
        value = piece["value"] if piece["quoted"] is None else piece["quoted"]
        reader.limit(name, value, typed, is_excluded=is_minus)
    elif piece["phrase"] is not None:
        if not piece["closed"] and piece["phrase"].strip():
            reader.remarks.append(Remark("quote", piece["phrase"].strip()))
        _take_words(reader, piece["phrase"], is_phrase=bool(piece["closed"]), is_minus=is_minus)
    elif not is_minus and (piece["word"] in _OR or (piece["word"] == _OR_TOO and not is_shouted)):
        reader.choose(piece["word"])
    elif is_minus or piece["word"] not in _AND:
        if (like := _UNKNOWN.match(piece["word"])) and (like.end() > like.end(1) or _is_quoted_next(piece)):
            reader.remarks.append(Remark("name", like[1]))
        _take_words(reader, piece["word"], is_phrase=False, is_minus=is_minus)


def _is_quoted_next(piece: re.Match[str]) -> bool:
    return piece.string[piece.end() : piece.end() + 1] in tuple(_QUOTES)


def _take_words(reader: _Reader, text: str, *, is_phrase: bool, is_minus: bool) -> None:
    if not is_minus:
        reader.want(text, is_phrase=is_phrase)
    elif (words := words_of(text)).folded:
        reader.excluded.append(words)


def words_of(text: str) -> Words:
    """The terms of a text in both forms, at most 32."""
    both = [pair for pair in zip(folded_terms(text), exact_terms(text), strict=True) if pair[0]][:_MOST_TERMS]
    return Words(tuple(folded for folded, _ in both), tuple(exact for _, exact in both))


def stretch(text: str) -> tuple[date, date] | None:
    """The first day of a year, a month or a day, and the first day after it: 2023, 10/2023, 2023-10-11, 11/10/2023."""
    found = _DAY.fullmatch(text.strip().rstrip(",;."))
    if found is None or not text.isascii():
        return None
    day, month, year, *other = found.groups()
    if year is None:
        year, month, day = other
    elif month is None:
        day, month = None, day
    try:
        start = date(int(year), int(month or 1), int(day or 1))
        return start, _after(start, has_month=bool(month), has_day=bool(day))
    except (ValueError, OverflowError):
        return None


def _after(start: date, *, has_month: bool, has_day: bool) -> date:
    if has_day:
        return start + timedelta(days=1)
    if has_month:
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return date(start.year + 1, 1, 1)
