"""Prints how long matching takes and how often it errs: ``python tests/benchmarks/duplicates.py``.

With the path of a JSON Lines file of real papers (``.jsonl`` or ``.jsonl.gz``, with ``title``,
``abstract``, ``authors``, ``date`` and ``id``) it says which of them look like duplicates, once
as they are and once without their identifiers, and how many of them are found again after a
change of title. Without, it matches a seeded corpus: 10,000 new papers against 50,000.
"""

from __future__ import annotations

import datetime as dt
import gzip
import random
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from papercatalog.curation.duplicates import find_duplicates
from papercatalog.curation.matching import Matcher
from papercatalog.model.catalog import build_catalog
from papercatalog.model.ids import build_id
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Vocabulary
from papercatalog.sources.formats import read_source

DAY = dt.date(2025, 1, 1)
THERE, NEW, AGAIN = 50_000, 10_000, 1_000
WORDS = 30_000


def main() -> None:
    if len(sys.argv) > 1:
        measure_real(load(Path(sys.argv[1])))
    else:
        measure_seeded()


def load(path: Path) -> list[Paper]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    parsed = read_source(path.name.removesuffix(".gz"), data)
    taken: set[str] = set()
    papers = []
    for record in parsed.records:
        page_id = build_id(record.title, record.arxiv, record.doi, taken=taken)
        taken.add(page_id)
        papers.append(
            Paper(
                id=page_id,
                title=record.title,
                date=record.date or DAY,
                authors=record.authors,
                arxiv=record.arxiv,
                abstract=record.abstract,
            )
        )
    return papers


def measure_real(papers: list[Paper]) -> None:
    print(f"{len(papers):,} papers")
    print_pairs("with identifiers", papers)
    bare = [paper.model_copy(update={"arxiv": None, "doi": None}) for paper in papers]
    print_pairs("without identifiers", bare)
    print_renamed(bare)


def print_pairs(label: str, papers: list[Paper]) -> None:
    started = time.perf_counter()
    pairs = list(find_duplicates(build_catalog(papers, Vocabulary(()))))
    print(f"\n{label}: {len(pairs)} likely duplicates in {time.perf_counter() - started:.1f} s")
    for pair in pairs:
        print(f"  {pair.earlier.title}\n  {pair.later.title}\n    {pair.reason}")


def print_renamed(papers: list[Paper]) -> None:
    """Rename every tenth paper in four ways, and look for it without its authors."""
    changes: dict[str, Callable[[str], str]] = {
        "the part before the colon is lost": lambda title: title.split(": ", 1)[-1],
        "the part after the colon is lost": lambda title: title.split(": ", 1)[0],
        "one word is another": lambda title: replace_word(title, "Approach"),
        "another title": lambda title: "A Study in Many Parts",
    }
    matcher = Matcher(papers)
    print()
    for label, change in changes.items():
        sure = likely = wrong = 0
        sample = papers[::10]
        for paper in sample:
            renamed = {"title": change(paper.title), "authors": (), "id": "renamed"}
            match = matcher.find(paper.model_copy(update=renamed))
            if match and match.id != paper.id:
                wrong += 1
            elif match:
                sure += match.sure
                likely += not match.sure
        lost = len(sample) - sure - likely - wrong
        print(f"{label}: {sure} sure, {likely} uncertain, {wrong} wrong, {lost} taken for new")


def replace_word(title: str, word: str) -> str:
    words = title.split()
    words[len(words) // 2] = word
    return " ".join(words)


def measure_seeded() -> None:
    chance = random.Random(20250729)
    words = [f"{chance.choice('bcdfghklmnprst')}{number:x}" for number in range(WORDS)]
    there = list(make_papers(chance, words, THERE, "there"))
    new = list(make_papers(chance, words, NEW - AGAIN, "new"))
    again = [
        paper.model_copy(update={"id": f"again-{number}", "title": replace_word(paper.title, "w")})
        for number, paper in enumerate(chance.sample(there, AGAIN))
    ]
    started = time.perf_counter()
    matcher = Matcher(there)
    known = time.perf_counter()
    found = sum(matcher.find(paper) is not None for paper in again)
    false = sum(matcher.find(paper) is not None for paper in new)
    done = time.perf_counter()
    print(f"{THERE:,} papers there, {known - started:.1f} s to look them up by identifiers")
    print(f"{NEW:,} matched in {done - known:.1f} s, the index of words among it")
    print(f"{found:,} of {AGAIN:,} renamed found, {false:,} of {NEW - AGAIN:,} others mistaken")


def make_papers(chance: random.Random, words: list[str], count: int, name: str) -> Iterator[Paper]:
    """Make papers whose words are as unevenly frequent as those of real ones (Zipf)."""
    weights = list(accumulate(1 / rank for rank in range(10, len(words) + 10)))
    for number in range(count):
        drawn = chance.choices(words, cum_weights=weights, k=170)
        sentences = (" ".join(drawn[at : at + 20]) for at in range(10, 170, 20))
        yield Paper.model_construct(
            id=f"{name}-{number}",
            title=" ".join(drawn[:10]),
            date=DAY,
            abstract=". ".join(sentences),
        )


if __name__ == "__main__":
    main()
