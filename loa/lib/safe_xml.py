"""Reads XML that others wrote: without document types, so without entities of anyone's own (XML 1.0, section 4).

A document type is where billions of laughs and files of ours come from; feeds and exports need none. What is read is
handed on element by element, so that a file of any size is held in memory one element at a time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_LETTERS = 20_000_000  # of one element handed on
DEEPEST = 200
# Other systems export what they were sent: a control character would otherwise end the reading.
_UNKEEPABLE = bytes(code for code in range(32) if code not in (9, 10, 13))
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class BadXml(Exception):
    """This cannot be read; the text says why."""


@dataclass(slots=True)
class Element:
    """One element: its name as "namespace local", its attributes, and what stands in it, in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own letters, without its children's."""
        return "".join(one for one in self.content if isinstance(one, str))

    @property
    def children(self) -> list["Element"]:
        """The elements right in it."""
        return [one for one in self.content if isinstance(one, Element)]

    @property
    def local(self) -> str:
        """Its name without its namespace."""
        return self.name.rpartition(" ")[2]

    def all(self, name: str) -> Iterator["Element"]:
        """Its children of a name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> str:
        """The text of its first child of a name, trimmed; empty where there is none."""
        return next((child.text.strip() for child in self.all(name)), "")


def elements(chunks: Iterable[bytes], *, depth: int) -> Iterator[Element]:
    """Each element so many levels below the root, whole, when it has ended; 0 is the root itself. Raises BadXml."""
    reader = _Reader(depth)
    is_first = is_plain = True
    for chunk in chunks:
        if is_first:
            is_first, is_plain = False, not chunk.startswith(_WIDE)
            chunk = chunk.removeprefix(b"\xef\xbb\xbf").lstrip() if is_plain else chunk  # noqa: PLW2901 -- the first one
        reader.feed(chunk.translate(None, _UNKEEPABLE) if is_plain else chunk)
        yield from reader.take()
    reader.feed(b"", is_last=True)
    yield from reader.take()


class _Reader:
    def __init__(self, depth: int) -> None:
        self._depth, self._open, self._done, self._level, self._letters = depth, list[Element](), list[Element](), 0, 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._letters_of
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, data: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(data, is_last)
        except (expat.ExpatError, LookupError, ValueError) as error:
            said = re.sub(r"[^\w ():,.-]", "", str(error))
            raise BadXml(f"it is no whole XML ({said})") from error

    def take(self) -> list[Element]:
        done, self._done = self._done, []
        return done

    def _refuse(self, *_: object) -> None:
        raise BadXml("it has a document type, which no feed and no export needs")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._level >= DEEPEST:
            raise BadXml(f"its elements are nested more than {DEEPEST} deep")
        if self._level >= self._depth:
            element = Element(name, attributes)
            if self._open:
                self._open[-1].content.append(element)
            self._open.append(element)
            self._count(len(name) + sum(len(key) + len(value) for key, value in attributes.items()))
        self._level += 1

    def _end(self, name: str) -> None:
        self._level -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._done.append(element)
                self._letters = 0

    def _letters_of(self, text: str) -> None:
        if self._open:
            self._count(len(text))
            self._open[-1].content.append(text)

    def _count(self, letters: int) -> None:
        self._letters += letters + 1
        if self._letters > MOST_LETTERS:
            raise BadXml(f"one of its elements is larger than {MOST_LETTERS // 1_000_000} MB")
