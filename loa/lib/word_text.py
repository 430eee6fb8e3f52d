"""What a text that was brought says about itself: headline, lead, quotes with their speaker, pictures, contact.

It works on markup as mammoth and a Markdown reader make it, block by block. What it is not sure of stays in the body.
"""

import re
from html import escape
from typing import Any

from loa.lib import word_patterns as says
from loa.lib.word_blocks import Block, blocks_of, lines_of, without_head
from loa.lib.word_signs import is_about, is_all, is_contact, is_end, is_like_caption, is_like_heading

LONGEST = {"headline": 300, "subtitle": 300, "dateline": 160, "lead": 3000, "contact": 2000}


def understand(html: str) -> dict[str, Any]:
    """The parts of a text; `body_html` is not clean yet, and a picture stands in it as /media/word-<number>."""
    blocks = [block for block in blocks_of(html) if block.text or block.pictures]
    reader = _Reader(blocks)
    reader.read()
    return reader.answer()


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
        is_marked = block.level > 1 or block.is_bold or is_all(block, "em")
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
        elif not (shorter := without_head(block.html, said)):
            return  # the words stand apart in the markup: better left than cut wrongly
        else:
            block.html = shorter
        self.found["dateline"] = said.strip(" –—-:()").removesuffix(")")
        block.text = block.text[match.end() :]

    # The tail.

    def _tail(self) -> None:
        end = next((i for i, one in enumerate(self.blocks) if i and is_end(one)), None)
        self._contact()
        self._boilerplate()
        self.blocks = [one for one in self.blocks if not is_end(one)] if end is not None else self.blocks

    def _contact(self) -> None:
        place = next(
            (i for i in range(len(self.blocks) - 1, 0, -1) if is_contact(self.blocks[i])), None
        )  # fmt: skip
        if place is None:
            return
        lines: list[str] = []
        last = place
        for i, block in enumerate(self.blocks[place:], start=place):
            if i > place and (is_end(block) or block.pictures or is_about(block) or i - place > 12):
                break
            if block.tag == "table" and i > place + 1:
                break
            lines += lines_of(block)
            last = i
        match = says.CONTACT.match(lines[0])
        rest = lines[0][match.end() :].strip(" :") if match else lines[0]
        said = [rest, *lines[1:]] if match else lines
        self.found["contact"] = "\n".join(line for line in said if line)
        if self.found["contact"]:
            del self.blocks[place : last + 1]

    def _boilerplate(self) -> None:
        places = [i for i, one in enumerate(self.blocks) if i and is_about(one)]
        if not places or places[-1] < len(self.blocks) // 3:
            return
        place = places[-1]
        level = self.blocks[place].level
        last = place
        for i in range(place + 1, len(self.blocks)):
            one = self.blocks[i]
            if (
                is_end(one)
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
            is_caption = block.kind == "caption" or is_like_caption(block)
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
            elif block.is_text and is_like_heading(block, following):
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


def _heading(block: Block, top: int) -> str:
    level = min(4, max(2, block.level - top + 2))
    return f"<h{level}>{escape(block.text, quote=False)}</h{level}>"
