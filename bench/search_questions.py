"""What `bench/search.py` asks: questions by class, as people ask them, out of the texts."""

import hashlib
import random
from collections import Counter
from dataclasses import dataclass

from search_corpus import SECTIONS, Corpus

from loa.lib.vietnamese import fold

ROUNDS = 60


@dataclass(frozen=True)
class Asked:
    """A question with what it is narrowed by."""

    text: str
    section: str = ""
    year: int | None = None
    by_date: bool = False
    facets: bool = False
    snippets: bool = False

    def parts(self) -> list[str]:
        """A phrase, or its words."""
        return [self.text.strip('"')] if self.text.startswith('"') else self.text.split()


def words_counted(corpus: Corpus) -> Counter[str]:
    """How often headlines say each word."""
    return Counter(word.lower() for title, _, _ in corpus.articles[:5_000] for word in title.split() if word.isalpha())


def common_words(corpus: Corpus) -> list[str]:
    """The commonest sixty."""
    return [word for word, _ in words_counted(corpus).most_common(60)]


def classes(corpus: Corpus) -> dict[str, list[Asked]]:
    """Questions as people ask them, out of the texts."""
    dice = random.Random(17)
    counted, common = words_counted(corpus), common_words(corpus)
    rare = sorted(counted, key=lambda word: (counted[word], word))[:ROUNDS]
    titles = [
        words
        for _ in range(ROUNDS * 3)
        if len(words := [w for w in dice.choice(corpus.articles)[0].lower().split() if w.isalpha()]) > 4
    ][:ROUNDS]
    two = [" ".join(words[1:3]) for words in titles]
    digest = hashlib.sha256(b"loa").digest()
    chosen = [(SECTIONS[digest[at % 32] % 8], 2016 + digest[at % 32] % 9) for at in range(ROUNDS)]
    return {
        "one common syllable": [Asked(word) for word in common],
        "two terms": [Asked(text) for text in two],
        "two terms without marks": [Asked(fold(text)) for text in two],
        "three terms": [Asked(" ".join(words[1:4])) for words in titles],
        "a phrase": [Asked(f'"{" ".join(words[1:4])}"') for words in titles],
        "a rare term": [Asked(word) for word in rare],
        "two terms, section and year": [
            Asked(text, section, year) for text, (section, year) in zip(two, chosen, strict=False)
        ],
        "two terms by date": [Asked(text, by_date=True) for text in two],
        "hits and facets": [Asked(text, facets=True) for text in two],
        "whole page: hits, facets, ten snippets": [Asked(text, facets=True, snippets=True) for text in two],
        "a headline typed whole": [Asked(" ".join(words)) for words in titles],
    }
