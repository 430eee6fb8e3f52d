"""What a text that was brought says about itself: headline, lead, quotes with their speaker, pictures, contact.

It works on markup as mammoth and a Markdown reader make it, block by block. What it is not sure of stays in the body.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from loa.lib import word_patterns as says

LONGEST = {"headline": 300, "subtitle": 300, "dateline": 160, "lead": 3000, "contact": 2000}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass
class Block:
    """One block of the text: its tag, markup and words."""

    tag: str
    html: str
    text: str
    kind: str = ""  # the class our style map gave it
    is_bold: bool = False
    pictures: list[dict[str, str]] = field(default_factory=list)

    @property
    def level(self) -> int:
        """Of a heading; 0 for anything else."""
        return _HEADINGS.get(self.tag, 0)

    @property
    def is_text(self) -> bool:
        """A paragraph with words."""
        return self.tag == "p" and bool(self.text)


def printable(text: str) -> str:
    """Without what no XML can hold."""
    return _UNPRINTABLE.sub("", text)


def understand(html: str) -> dict[str, Any]:
    """The parts of a text; `body_html` is not clean yet, and a picture stands in it as /media/word-<number>."""
    blocks = [block for block in _blocks(html) if block.text or block.pictures]
    reader = _Reader(blocks)
    reader.read()
    return reader.answer()


def _blocks(html: str) -> Iterator[Block]:
    root = ET.fromstring(f"<root>{printable(html).replace('&nbsp;', chr(160))}</root>")  # noqa: S314 (made by us)
    _without_marks(root)
    notes: list[Block] = []
    for node in root:
        if node.tag in ("ol", "ul") and len(node) and (node[0].get("id") or "").startswith("word-"):
            notes += [_block("p", item, f"[{number}] ") for number, item in enumerate(node, start=1)]
        elif node.tag == "blockquote":
            yield from (_block("p", part, kind="quote") for part in (node if len(node) else [node]))
        elif node.tag != "hr":
            yield _block(node.tag, node, kind=node.get("class", ""))
    yield from notes


def _without_marks(root: ET.Element) -> None:
    """Footnote signs become "[1]" and their way back goes; what marks places in the text goes."""
    for parent in list(root.iter()):
        for node in list(parent):
            is_note = node.tag == "sup" and any("note-ref-" in (one.get("id") or "") for one in node.iter())
            is_back = node.tag == "a" and "note-ref-" in (node.get("href") or "") and not node.get("id")
            is_mark = node.tag == "a" and not node.get("href") and not "".join(node.itertext()).strip()
            if is_note or is_back or is_mark:
                words = "".join(node.itertext()) if is_note else ""
                _replace(parent, node, words + (node.tail or ""))


def _replace(parent: ET.Element, node: ET.Element, words: str) -> None:
    place = list(parent).index(node)
    parent.remove(node)
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _block(tag: str, node: ET.Element, before: str = "", *, kind: str = "") -> Block:
    pictures = [
        {"src": one.get("src", ""), "alt": " ".join((one.get("alt") or "").split())[:300]}
        for one in node.iter("img") if one.get("src")
    ]  # fmt: skip
    text = before + _words(node)
    inner = _inner(node)
    if node.tag == "li":
        inner = re.sub(r"^<p>(.*)</p>$", r"\1", inner.strip(), flags=re.DOTALL)
    is_bold = bool(text) and tag == "p" and _words(node) == " ".join(_words(one) for one in node.iter("strong")).strip()
    return Block(tag, escape(before) + inner.strip(), text.strip(), kind, is_bold, pictures)


def _words(node: ET.Element) -> str:
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: ET.Element) -> Iterator[str]:
    yield node.text or ""
    for inner in node:
        yield " " if inner.tag in ("br", "p", "li", "td", "th") else ""
        yield from _pieces(inner)
        yield inner.tail or ""


def _inner(node: ET.Element) -> str:
    return escape(node.text or "", quote=False) + "".join(
        ET.tostring(one, encoding="unicode", method="html") for one in node
    )


class _Reader:
    """Goes through the blocks once from the top, and once from the end."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.found = {"headline": "", "subtitle": "", "dateline": "", "lead": "", "contact": "", "boilerplate": ""}
        self.quotes: list[dict[str, Any]] = []
        self.people: dict[str, str] = {}
        self.images: list[dict[str, str]] = []
        self.body: list[str] = []

    def read(self) -> None:
        """Head, then tail, then what is left between them."""
        self._head()
        self._tail()
        self._captions()
        self._body()

    def answer(self) -> dict[str, Any]:
        """The parts as plain values."""
        people = [{"name": name, "role": role} for name, role in self.people.items()]
        cut = {name: text[: LONGEST.get(name, len(text))].strip() for name, text in self.found.items()}
        body = "\n".join(self.body)
        return {**cut, "body_html": body, "quotes": self.quotes, "people": people, "images": self.images}

    # The head.

    def _head(self) -> None:
        blocks = self.blocks
        while blocks and blocks[0].text and not blocks[0].pictures and says.KICKER.match(blocks[0].text):
            blocks.pop(0)
        self._take_day_line()
        place = self._headline_place()
        if place is None:
            return
        self.found["headline"] = blocks.pop(place).text
        while place < len(blocks) and says.KICKER.match(blocks[place].text) and not blocks[place].pictures:
            blocks.pop(place)
        if place < len(blocks) and self._is_subtitle(place):
            self.found["subtitle"] = blocks.pop(place).text
        self._take_day_line(place)
        self._lead(place)

    def _headline_place(self) -> int | None:
        first = self.blocks[:12]
        titles = [i for i, one in enumerate(first) if one.kind == "title"]
        for place in (*titles, *(i for i, one in enumerate(first) if one.level == 1)):
            if 0 < len(first[place].text) <= LONGEST["headline"]:
                return place
        for place, block in enumerate(first[:4]):
            if block.level or (block.is_text and len(block.text) <= LONGEST["headline"]):
                return place
            if block.is_text or not block.pictures:
                return None  # the text begins at once: better no headline than a wrong one
        return None

    def _is_subtitle(self, place: int) -> bool:
        block = self.blocks[place]
        rest = any(one.is_text for one in self.blocks[place + 1 :])
        if not rest or block.pictures or len(block.text) > LONGEST["subtitle"]:
            return False
        if block.kind == "subtitle":
            return True
        is_short = len(block.text) <= 200 and not block.text.endswith((".", ":", "!", "?", "”"))
        is_marked = block.level > 1 or block.is_bold or _is_all(block, "em")
        return is_short and is_marked and not says.DATELINE.match(block.text)

    def _take_day_line(self, place: int = 0) -> None:
        """A line that is nothing but place and day."""
        if place < len(self.blocks) and self.blocks[place].is_text and not self.blocks[place].pictures:
            text = self.blocks[place].text
            match = says.DAY_LINE.match(text) or says.DATELINE.match(text)
            if match and match.end() == len(text):
                self.found["dateline"] = self.blocks.pop(place).text.strip("() ")

    def _lead(self, place: int) -> None:
        """The first paragraph, where something follows it; a dateline at its head goes where it belongs."""
        texts = [i for i, one in enumerate(self.blocks) if i >= place and one.is_text and one.kind != "caption"]
        if len(texts) < 2 or any(one.level for one in self.blocks[place : texts[0]]):
            return
        block = self.blocks[texts[0]]
        if block.pictures or len(block.text) > LONGEST["lead"] or says.CONTACT.match(block.text) or "<a " in block.html:
            self._strip_dateline(block)
            return
        self._strip_dateline(block)
        self.found["lead"] = block.text
        self.blocks.pop(texts[0])

    def _strip_dateline(self, block: Block) -> None:
        match = says.DATELINE.match(block.text) or says.PLACE_ONLY.match(block.text)
        if match is None or self.found["dateline"] or len(block.text) - match.end() < 20:
            return
        said = block.text[: match.end()]
        plain = escape(said, quote=False)
        if block.html.startswith(plain):
            block.html = block.html[len(plain) :].lstrip()
        elif not (shorter := _without_head(block.html, said)):
            return  # the words stand apart in the markup: better left than cut wrongly
        else:
            block.html = shorter
        self.found["dateline"] = said.strip(" –—-:()").removesuffix(")")
        block.text = block.text[match.end() :]

    # The tail.

    def _tail(self) -> None:
        end = next((i for i, one in enumerate(self.blocks) if i and _is_end(one)), None)
        self._contact()
        self._boilerplate()
        self.blocks = [one for one in self.blocks if not _is_end(one)] if end is not None else self.blocks

    def _contact(self) -> None:
        place = next(
            (i for i in range(len(self.blocks) - 1, 0, -1) if _is_contact(self.blocks[i])), None
        )  # fmt: skip
        if place is None:
            return
        lines: list[str] = []
        last = place
        for i, block in enumerate(self.blocks[place:], start=place):
            if i > place and (_is_end(block) or block.pictures or _is_about(block) or i - place > 12):
                break
            if block.tag == "table" and i > place + 1:
                break
            lines += _lines(block)
            last = i
        match = says.CONTACT.match(lines[0])
        rest = lines[0][match.end() :].strip(" :") if match else lines[0]
        said = [rest, *lines[1:]] if match else lines
        self.found["contact"] = "\n".join(line for line in said if line)
        if self.found["contact"]:
            del self.blocks[place : last + 1]

    def _boilerplate(self) -> None:
        places = [i for i, one in enumerate(self.blocks) if i and _is_about(one)]
        if not places or places[-1] < len(self.blocks) // 3:
            return
        place = places[-1]
        level = self.blocks[place].level
        last = place
        for i in range(place + 1, len(self.blocks)):
            one = self.blocks[i]
            if (
                _is_end(one)
                or (one.level and level and one.level <= level)
                or not (one.is_text or one.tag in ("ul", "ol"))
            ):
                break
            last = i
        taken = self.blocks[place : last + 1]
        if last > place:
            self.found["boilerplate"] = "\n\n".join(one.text for one in taken)
            del self.blocks[place : last + 1]

    # Between them.

    def _captions(self) -> None:
        """A picture's caption: the line below it that is styled or begins as one."""
        kept: list[Block] = []
        for block in self.blocks:
            before = kept[-1] if kept else None
            is_caption = block.kind == "caption" or _is_like_caption(block)
            if is_caption and before is not None and before.pictures and "caption" not in before.pictures[-1]:
                before.pictures[-1]["caption"] = block.text
            else:
                kept.append(block)
        self.blocks = kept

    def _body(self) -> None:
        top = min((one.level for one in self.blocks if one.level), default=2)
        skip = False
        for i, block in enumerate(self.blocks):
            following = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
            if skip:
                skip = False
            elif block.pictures and block.tag != "table":
                self._picture(block)
            elif block.is_text and (speaker := self._said_apart(block, following)) is not None:
                skip = speaker
            elif block.level:
                self.body.append(_heading(block, top))
            elif block.is_text and _is_like_heading(block, following):
                self.body.append(f"<h2>{escape(block.text, quote=False)}</h2>")
            else:
                self._plain(block)

    def _plain(self, block: Block) -> None:
        for match in says.BEFORE.finditer(block.text):
            self._quote(match["text"], match["name"], match["role"] or "", is_placed=False)
        for picture in block.pictures:
            self._image(picture)
        if block.kind == "quote":
            self.body.append(f"<blockquote><p>{block.html}</p></blockquote>")
        else:
            self.body.append(f"<{block.tag}>{block.html}</{block.tag}>")

    def _picture(self, block: Block) -> None:
        """Pictures as figures of their own; words that stood beside them follow."""
        for picture in block.pictures:
            said = self._image(picture)
            caption = f"<figcaption>{escape(said['caption'], quote=False)}</figcaption>" if said["caption"] else ""
            alt = escape(said["alt"])
            self.body.append(f'<figure><img src="{said["src"]}" alt="{alt}">{caption}</figure>')
        if block.text:
            html = re.sub(r"<img\b[^>]*>", "", block.html)
            self.body.append(f"<{block.tag}>{html}</{block.tag}>")

    def _image(self, picture: dict[str, str]) -> dict[str, str]:
        caption = picture.get("caption", "")
        match = says.CREDIT.search(caption)
        credit = match["credit"].strip() if match else ""
        if match:
            caption = caption[: match.start()].strip(" .–-([") + ("." if caption[: match.start()].strip() else "")
        caption = re.sub(r"^(?:chú thích|caption) *[:.] *", "", caption, flags=re.IGNORECASE)
        said = {"src": picture["src"], "alt": picture["alt"], "caption": caption[:500], "credit": credit[:200]}
        self.images.append(said)
        return said

    def _said_apart(self, block: Block, following: Block | None) -> bool | None:
        """A paragraph that is a quote and nothing else becomes a row; True when the next block names who spoke."""
        match = says.QUOTED.match(block.text)
        if match and "<a " not in block.html:
            self._quote(match["text"], match["name"], match["role"] or "", is_placed=True)
            return False
        whole = says.WHOLE_QUOTE.match(block.text)
        is_quote = bool(whole) or block.kind == "quote"
        if not is_quote or following is None or not following.is_text or following.pictures:
            return None
        speaker = says.SPEAKER.match(following.text)
        if speaker is None or len(following.text) > 200 or not (speaker["role"] or following.text[0] in "-–—"):
            return None
        self._quote(whole["text"] if whole else block.text, speaker["name"], speaker["role"] or "", is_placed=True)
        return True

    def _quote(self, text: str, name: str, role: str, *, is_placed: bool) -> None:
        role = re.sub(rf"[, ]*{says.SAY}.*$", "", role).strip(" ,–—-")
        self.quotes.append({"text": text.strip(" ,"), "name": name, "role": role, "is_placed": is_placed})
        self.people[name] = self.people.get(name) or role
        if is_placed:
            number = sum(one["is_placed"] for one in self.quotes)
            self.body.append(f"<p>[trích {number}]</p>")


def _is_all(block: Block, tag: str) -> bool:
    return block.is_text and re.fullmatch(rf"(?:<{tag}>[^<]*</{tag}>\s*)+", block.html) is not None


def _is_like_caption(block: Block) -> bool:
    if not block.is_text or block.pictures or len(block.text) > 400:
        return False
    is_said = says.CAPTION.match(block.text) or says.CREDIT.search(block.text)
    return bool(is_said) or _is_all(block, "em")


def _is_end(block: Block) -> bool:
    return block.tag == "p" and not block.pictures and bool(block.text) and says.END.match(block.text) is not None


def _is_contact(block: Block) -> bool:
    match = says.CONTACT.match(block.text) if not block.pictures else None
    return match is not None and len(block.text) < (500 if block.tag in ("p", "table") else 160)


def _is_about(block: Block) -> bool:
    is_line = len(block.text) <= 130 and (block.level or block.is_bold or block.text.endswith(":") or block.is_text)
    return bool(is_line and says.ABOUT_START.match(block.text) and _about_line(block.text))


def _about_line(text: str) -> bool:
    start = says.ABOUT_START.match(text)
    if start is None:
        return False
    lowered = text[: start.end()].lower() + text[start.end() :]
    return says.ABOUT.match(lowered) is not None


def _is_like_heading(block: Block, following: Block | None) -> bool:
    is_short = block.is_bold and len(block.text) <= 120 and not block.text.endswith((".", ",", ";", ":", "”"))
    return is_short and following is not None and not following.is_bold and not following.level


def _heading(block: Block, top: int) -> str:
    level = min(4, max(2, block.level - top + 2))
    return f"<h{level}>{escape(block.text, quote=False)}</h{level}>"


def _lines(block: Block) -> list[str]:
    """The lines of a block: parted by breaks, items and rows."""
    html = re.sub(r"<br\s*/?>|</li>|</tr>|</p>", "\n", block.html)
    plain = re.sub(r"<[^>]+>", " ", html)
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(code, sign)
    return [line for one in plain.split("\n") if (line := " ".join(one.split()))] or [""]


def _without_head(html: str, said: str) -> str:
    """Markup without the words at its head, where they stand whole in one formatted piece; else nothing."""
    match = re.match(r"^(<(?:strong|em)>){1,2}([^<]*)(</(?:strong|em)>){1,2}", html)
    if match is None or not said.strip().startswith(match[2].strip()):
        return ""
    rest = said.strip()[len(match[2].strip()) :].strip()
    after = html[match.end() :].lstrip()
    plain = escape(rest, quote=False)
    return after[len(plain) :].lstrip() if after.startswith(plain) else ""
