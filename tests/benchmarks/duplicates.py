"""Prints how long matching takes and how often it errs: ``python tests/benchmarks/duplicates.py``.

With the path of a JSON Lines file of real papers (``.jsonl`` or ``.jsonl.gz``, with ``title``,
``abstract``, ``authors``, ``date`` and ``id``) it says which of them look like duplicates, once
as they are and once without their identifiers, and how many of them are found again after a
change of title, of the abstract, or of both. Without, it matches a seeded corpus: 10,000 new papers
against 50,000.
"""

from __future__ import annotations

import datetime as dt
import gzip
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

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
OTHER_TITLE = "A Study in Many Parts"


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
    print_changed(bare)


def print_pairs(label: str, papers: list[Paper]) -> None:
    started = time.perf_counter()
    pairs = list(find_duplicates(build_catalog(papers, Vocabulary(()))))
    print(f"\n{label}: {len(pairs)} likely duplicates in {time.perf_counter() - started:.1f} s")
    for pair in pairs:
        print(f"  {pair.earlier.title}\n  {pair.later.title}\n    {pair.reason}")


def print_changed(papers: list[Paper]) -> None:
    """Change every tenth paper in several ways, and look for it."""
    chance = random.Random(20250729)
    sample = papers[::10]
    others = [paper.abstract for paper in (*sample[1:], sample[0])]
    print()
    changes: dict[str, Callable[[str], str]] = {
        "the part before the colon is lost": lambda title: title.split(": ", 1)[-1],
        "the part after the colon is lost": lambda title: title.split(": ", 1)[0],
        "one word is another": lambda title: replace_word(title, "Approach"),
        "another title": lambda title: OTHER_TITLE,
    }
    matcher = Matcher(papers)
    for label, change in changes.items():
        print_found(matcher, label, sample, [{"title": change(paper.title)} for paper in sample])
    texts: dict[str, Callable[[str], str]] = {
        "sentences shuffled": lambda text: shuffle_sentences(chance, text, 1),
        "sentences shuffled, a third left out": lambda text: shuffle_sentences(chance, text, 2 / 3),
        "sentences shuffled, two thirds left out": lambda text: shuffle_sentences(
            chance, text, 1 / 3
        ),
        "sentences shuffled and cut, a third left out": lambda text: shuffle_sentences(
            chance, text, 2 / 3, cut=2 / 3
        ),
        "sentences shuffled, a third left out, each tenth word another": lambda text: replace_words(
            chance, shuffle_sentences(chance, text, 2 / 3)
        ),
    }
    for label, rewrite in texts.items():
        changed = [{"title": OTHER_TITLE, "abstract": rewrite(paper.abstract)} for paper in sample]
        print_found(matcher, f"another title, {label}", sample, changed)
    other_abstract = [{"abstract": text} for text in others]
    print_found(matcher, "the same title over another abstract", sample, other_abstract)
    with_authors = [
        {"abstract": text, "authors": paper.authors}
        for paper, text in zip(sample, others, strict=True)
    ]
    print_found(matcher, "the same with the same authors", sample, with_authors)
    cut = [{"abstract": shuffle_sentences(chance, paper.abstract, 1, cut=0.5)} for paper in sample]
    print_found(matcher, "the same title, sentences shuffled and cut to half", sample, cut)
    halves = [{"abstract": paper.abstract[: len(paper.abstract) // 2]} for paper in sample]
    print_found(matcher, "the same title over half the abstract", sample, halves)


def print_found(
    matcher: Matcher, label: str, sample: list[Paper], changes: list[dict[str, Any]]
) -> None:
    """Look for changed papers without their identifiers and, unless given, their authors."""
    sure = uncertain = wrong = 0
    for paper, change in zip(sample, changes, strict=True):
        match = matcher.find(paper.model_copy(update={"authors": (), "id": "changed", **change}))
        if match and match.id != paper.id:
            wrong += 1
        elif match:
            sure += match.sure
            uncertain += not match.sure
    lost = len(sample) - sure - uncertain - wrong
    print(f"{label}: {sure} sure, {uncertain} uncertain, {wrong} wrong, {lost} taken for new")


def shuffle_sentences(
    chance: random.Random, text: str, keep: float, cut: float | None = None
) -> str:
    """Shuffle the sentences of a text and keep a share of them, of each a share of its words."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    chance.shuffle(sentences)
    kept = sentences[: max(1, round(keep * len(sentences)))]
    if cut is not None:
        words = [sentence.split() for sentence in kept]
        kept = [" ".join(part[: max(1, round(cut * len(part)))]) + "." for part in words]
    return " ".join(kept)


def replace_words(chance: random.Random, text: str) -> str:
    return " ".join("other" if chance.random() < 0.1 else word for word in text.split())


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
