"""What `bench/search.py` searches: real articles, or made ones, and as many entries as are asked for."""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fill import TEXT

from loa.search.fields import Document

FIRST_DAY = datetime(2015, 1, 1, tzinfo=UTC)
DAYS = 4000
SENDERS = 2000
SECTIONS = [f"muc-{number}" for number in range(8)]
KINDS = ["news", "news", "news", "event", "product", "report"]


def read(path: Path) -> Iterator[tuple[str, str, str]]:
    """Title, lead and body of each article."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            yield one["title"], one.get("lead", ""), one["body"]


def made() -> Iterator[tuple[str, str, str]]:
    """Articles of words drawn by how often a word of that rank is used."""
    dice, words = random.Random(3), sorted(set(TEXT.split()))
    words += [f"{one}{other}" for one in "bcdghklmnprstvx" for other in ("an", "ong", "inh", "uc", "ai", "om", "ep")]
    weights = [1 / (rank + 2) for rank in range(len(words))]
    for _ in range(5_000):
        drawn = dice.choices(words, weights, k=350)
        sentences = [" ".join(drawn[at : at + 14]).capitalize() for at in range(24, 350, 14)]
        yield " ".join(drawn[:10]).capitalize(), " ".join(drawn[10:24]).capitalize(), ". ".join(sentences) + "."


class Corpus:
    """Entries by number, the same each time they are asked for."""

    def __init__(self, articles: list[tuple[str, str, str]], entries: int) -> None:
        self.articles = articles
        self.entries = entries

    def texts(self, number: int) -> tuple[str, str, str]:
        """Headline, lead and body; beyond the articles there are, every second sentence is another's."""
        title, lead, body = self.articles[number % len(self.articles)]
        if number >= len(self.articles):
            dice = random.Random(number)
            other = dice.choice(self.articles)
            halves = body.split(". ")[::2], other[2].split(". ")[1::2]
            body = ". ".join(one for pair in zip(*halves, strict=False) for one in pair)
            cut = title.split()
            title = " ".join([*cut[: len(cut) // 2], *other[0].split()[len(cut) // 2 :]])
        return title, lead, body

    def document(self, number: int) -> Document:
        """The entry as Loa indexes it."""
        dice = random.Random(number * 31 + 1)
        title, lead, body = self.texts(number)
        moment = FIRST_DAY + timedelta(days=dice.randrange(DAYS), seconds=dice.randrange(86_400))
        sender = int(SENDERS * dice.random() ** 2)
        return Document(
            f"{number}:vi", "1", "vi", title, "", lead, body, f"Công ty Cổ phần {name(sender)}", [f"s-{sender}"], "",
            [dice.choice(SECTIONS)], [f"t{dice.randrange(200)}"], dice.choice(KINDS), moment, str(number),
            place_key=str(dice.randrange(63)), day=moment.date(),
        )  # fmt: skip

    def documents(self) -> Iterator[Document]:
        """All of them."""
        return map(self.document, range(self.entries))


def name(number: int) -> str:
    """A sender's name."""
    words = TEXT.split()
    return f"{words[number % len(words)]} {words[number * 7 % len(words)]} {number}".title()
