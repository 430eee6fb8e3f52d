"""How well the first ten hits answer real questions: `bench/relevance.py FOLDER` (or LOA_BENCH_RELEVANCE).

The folder holds `corpus.jsonl` (_id, title, text), `queries.jsonl` (_id, text) and `qrels.tsv` (query, passage, 0 or
1), as BEIR has them. Every passage is an entry. One half of the questions may be tuned on (`--tune`), the other is
reported; plain BM25 over the words as written stands beside it in the same run. Nothing is copied, and the index is
thrown away.
"""

import argparse
import json
import math
import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from loa.lib.vietnamese import fold  # noqa: E402
from loa.search.asking import Weights  # noqa: E402
from loa.search.engine import Engine, Part  # noqa: E402
from loa.search.fields import Document  # noqa: E402
from loa.search.reading import parse  # noqa: E402
from loa.search.tree import Filters  # noqa: E402
from loa.search.words import exact_terms  # noqa: E402

TEN = 10
K1, B = 1.2, 0.75
Answer = Callable[[str], list[str]]


def main() -> None:
    """Measure, or try weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", default=os.environ.get("LOA_BENCH_RELEVANCE", ""))
    arguments.add_argument("--tune", type=int, default=0, help="how many weights to try on the first half")
    asked = arguments.parse_args()
    if not asked.folder:
        raise SystemExit("bench/relevance.py: name a folder with corpus.jsonl, queries.jsonl and qrels.tsv")
    judged = Judged(Path(asked.folder))
    with tempfile.TemporaryDirectory() as home:
        index = Engine(Path(home))
        index.rebuild(judged.documents())
        if asked.tune:
            tune(Path(home), judged, asked.tune)
        report(judged, answers(Path(home), Weights()), Bm25(judged.passages).answer)


class Judged:
    """Passages, questions in two halves, and what people said of them."""

    def __init__(self, folder: Path) -> None:
        self.passages = {one["_id"]: f"{one['title']} {one['text']}".strip() for one in lines(folder / "corpus.jsonl")}
        self.right: dict[str, set[str]] = defaultdict(set)
        for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
            query, passage, score = line.split("\t")
            if int(score) > 0:
                self.right[query].add(passage)
        questions = {one["_id"]: one["text"] for one in lines(folder / "queries.jsonl")}
        ordered = sorted(key for key in questions if self.right[key])
        random.Random(5).shuffle(ordered)
        self.halves = [{key: questions[key] for key in ordered[start::2]} for start in (0, 1)]

    def documents(self) -> Iterator[Document]:
        """Each passage as an entry that has a body and nothing else."""
        moment = datetime(2020, 1, 1, tzinfo=UTC)
        for key, text in self.passages.items():
            yield Document(
                f"{key}:vi", "1", "vi", "", "", "", text, "", "", "", [], [], "news", moment, "", topic_names=[]
            )


def lines(path: Path) -> Iterator[Any]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def answers(home: Path, weights: Weights) -> Answer:
    """Loa's first ten for a question."""
    engine = Engine(home, weights=weights)

    def answer(text: str) -> list[str]:
        found = engine.search(parse(text), Filters("1"), Part(TEN))
        return [key.rpartition(":")[0] for key in found.keys]

    return answer


class Bm25:
    """Plain BM25 (Robertson and others, 1994) over lower-case words with their marks, any of which may be there."""

    def __init__(self, passages: dict[str, str]) -> None:
        self.postings: dict[str, dict[str, int]] = defaultdict(dict)
        self.lengths = {}
        for key, text in passages.items():
            terms = exact_terms(text)
            self.lengths[key] = len(terms)
            for term, count in Counter(terms).items():
                self.postings[term][key] = count
        self.mean = sum(self.lengths.values()) / len(self.lengths)

    def answer(self, text: str) -> list[str]:
        """The first ten."""
        scores: Counter[str] = Counter()
        for term in exact_terms(text):
            found = self.postings.get(term, {})
            rarity = math.log(1 + (len(self.lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for key, count in found.items():
                norm = K1 * (1 - B + B * self.lengths[key] / self.mean)
                scores[key] += rarity * count * (K1 + 1) / (count + norm)  # type: ignore[assignment]
        return [key for key, _ in scores.most_common(TEN)]


def ndcg(found: list[str], right: set[str]) -> float:
    """nDCG@10 with gains of 1: what the order is worth, of what the best order would be."""
    gained = sum(1 / math.log2(place + 2) for place, key in enumerate(found[:TEN]) if key in right)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(TEN, len(right))))


def score(answer: Answer, questions: dict[str, str], judged: Judged, *, as_typed: Callable[[str], str] = str) -> float:
    """The mean over the questions."""
    return sum(ndcg(answer(as_typed(text)), judged.right[key]) for key, text in questions.items()) / len(questions)


def report(judged: Judged, ours: Answer, plain: Answer) -> None:
    """One line a figure."""
    tuned, kept = judged.halves
    both = {**tuned, **kept}
    for name, questions in (("kept half", kept), ("tuned half", tuned), ("all", both)):
        mine, reference = score(ours, questions, judged), score(plain, questions, judged)
        bare = score(ours, questions, judged, as_typed=fold)
        is_ok = mine >= 0.70 and mine >= reference
        line(f"nDCG@10, {name} ({len(questions)})", mine, reference, ">= 0.70 and >= BM25", is_ok=is_ok)
        line(f"nDCG@10 without marks, {name}", bare, mine, "loses <= 0.05", is_ok=bare >= mine - 0.05)


def line(name: str, ours: float, reference: float, budget: str, *, is_ok: bool) -> None:
    """Name | ours | reference | ratio | budget | ok or short."""
    ratio = ours / reference if reference else 0.0
    print(
        f"{name} | {ours:.3f} | {reference:.3f} | {ratio:.2f} x | {budget} | {'ok' if is_ok else 'short'}", flush=True
    )


def tune(home: Path, judged: Judged, times: int) -> None:
    """Walk at random from the weights in use to better ones for the first half; prints each step."""
    dice, questions = random.Random(11), judged.halves[0]

    def worth(weights: Weights) -> float:
        answer = answers(home, weights)
        return score(answer, questions, judged) + score(answer, questions, judged, as_typed=fold)

    best = Weights()
    best_worth = worth(best)
    for _ in range(times):
        tried = moved(best, dice)
        found = worth(tried)
        if found > best_worth:
            best, best_worth = tried, found
            print(f"{found / 2:.4f} {tried}", flush=True)


_TUNED = ("share_of_long", "each_of_long", "rare_of_long", "exact_together", "together", "pair", "exact", "all_up_to")


def moved(weights: Weights, dice: random.Random) -> Weights:
    """The weights with one or two of them changed."""
    changes: dict[str, Any] = {}
    for name in dice.sample(_TUNED, dice.choice((1, 2))):
        value = getattr(weights, name)
        if name == "all_up_to":
            changes[name] = dice.randint(2, 5)
        elif name == "share_of_long":
            changes[name] = min(0.8, max(0.1, value + dice.uniform(-0.15, 0.15)))
        else:
            changes[name] = round(value * dice.uniform(0.4, 2.2), 3)
    return replace(weights, **changes)


if __name__ == "__main__":
    main()
