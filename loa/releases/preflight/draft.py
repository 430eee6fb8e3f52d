"""The plain value every check reads, and the one it answers with."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import unescape
from typing import Any

from loa.lib import html, tokens

_BLOCK = re.compile(r"<(p|h[2-4]|li|td|th|figcaption|caption|blockquote)\b[^>]*>(.*?)</\1>", re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_]|[“\"(\d])")
LONGEST_EXCERPT = 160


@dataclass(frozen=True)
class Passage:
    """A paragraph, or a field of one line: which field it stands in, its words, and its markup."""

    field: str
    text: str
    markup: str = ""

    @property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return _SENTENCE.split(self.text)


@dataclass(frozen=True)
class Earlier:
    """A text the organization has published."""

    headline: str
    path: str
    text: str


@dataclass(frozen=True)
class Look:
    """What was found behind an address: "ok", "dead" or "moved", and where it leads now."""

    outcome: str
    leads_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A release as the checks read it; `today` is the day where its portal is."""

    today: date
    kind: str = "news"
    language: str = "vi"
    headline: str = ""
    subtitle: str = ""
    lead: str = ""
    body_html: str = ""
    dateline: str = ""
    contact: str = ""
    source_name: str = ""
    source_url: str = ""
    organization: str = ""
    is_ai: bool = False
    pictures: list[dict[str, Any]] = field(default_factory=list)
    quotes: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    earlier: tuple[Earlier, ...] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What readers read, in the order they read it; contact and dateline are not among it."""
        heads = [Passage(name, getattr(self, name)) for name in ("headline", "subtitle", "lead")]
        said = [Passage("quotes", str(quote.get("text") or "")) for quote in self.quotes]
        return tuple(one for one in (*heads, *_blocks(self.body_html), *said) if one.text.strip())

    @cached_property
    def text(self) -> str:
        """Everything readers read, as one text."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Address and words of each link of the text, and the source's."""
        found = [(unescape(address), html.to_text(words)) for address, words in _LINK.findall(self.body_html)]
        return (*found, *([(self.source_url, self.source_name)] if self.source_url else []))


def _blocks(body: str) -> Iterator[Passage]:
    for match in _BLOCK.finditer(body):
        inner = match[2]
        if not _BLOCK.search(inner):
            yield Passage("body_html", html.to_text(inner), inner)


@dataclass(frozen=True)
class Fix:
    """A change one click makes: the first `old` of a field becomes `new`."""

    label: str
    field: str
    old: str
    new: str

    def of(self, value: str) -> str:
        """The field with the change."""
        return value.replace(self.old, self.new, 1)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What, where and why; `ask` is what its writer is asked for who leaves it as it is."""

    check: str
    what: str
    why: str
    field: str
    excerpt: str = ""
    fix: Fix | None = None
    ask: str = ""
    is_required: bool = False  # the release may not go without it, and its page says so already

    @property
    def key(self) -> str:
        """The same for the same words in the same field."""
        return tokens.digest(f"{self.check}\n{self.field}\n{self.excerpt}".encode())[:20]


Check = Callable[[Draft], Iterator[Finding]]


def around(text: str, start: int, end: int) -> str:
    """The words around a place, on one line."""
    room = max(20, (LONGEST_EXCERPT - (end - start)) // 2)
    head, tail = max(0, start - room), min(len(text), end + room)
    before = text[head:start].partition(" ")[2] if head else text[:start]
    after = text[end:tail].rpartition(" ")[0] if tail < len(text) else text[end:]
    line = " ".join(f"{before}{text[start:end]}{after}".split())
    return f"{'…' if head else ''}{line}{'…' if tail < len(text) else ''}"
