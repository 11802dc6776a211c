"""What the vocabulary of topics covers of the catalog, and what it misses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lunr.stop_word_filter import WORDS

from papercatalog.model.catalog import Catalog
from papercatalog.model.ids import normalise_title
from papercatalog.model.paper import Paper

CROWDED_SHARE = 0.2
"""A topic with a larger share of all papers than this has too many to be of use."""
CROWDED = 30
"""A topic with no more papers than this is not crowded, whatever its share."""
FREQUENT = 3
"""In how many titles a term stands that is worth a look."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_EMPTY_WORDS = (
    "accurate advancing approach based benchmark beyond complex comprehensive data diverse "
    "effective efficient enhanced enhancing evaluating exploring framework generating high-quality "
    "improve improved improving large large-scale learning method model network neural new novel "
    "performance precise report revisiting robust scalable study system task technical toward "
    "towards unified using via"
)
_COMMON = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Count:
    """How many papers a topic has."""

    slug: str
    papers: int
    """Its own and those of the topics below it."""
    own: int
    """Those that name it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or two of titles that no topic has among its terms."""

    text: str
    papers: int
    """In how many titles it stands."""
    without_topic: int
    """How many of those papers have no topic."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The vocabulary held against the papers."""

    papers: int
    counts: tuple[Count, ...]
    """Every topic, the fullest first."""
    without_topic: tuple[Paper, ...]
    """Newest first."""
    terms: tuple[Term, ...]
    """The most frequent first."""

    @property
    def empty(self) -> tuple[str, ...]:
        """Topics without a paper, by slug."""
        return tuple(sorted(count.slug for count in self.counts if not count.papers))

    @property
    def crowded(self) -> tuple[str, ...]:
        """Topics that too many papers name, by slug; splitting them helps readers."""
        most = max(CROWDED, CROWDED_SHARE * self.papers)
        return tuple(sorted(count.slug for count in self.counts if count.own > most))


def measure_coverage(catalog: Catalog, most_terms: int = 20) -> Coverage:
    """Count papers by topic, and the words of titles that no topic has."""
    own = Counter(slug for paper in catalog.papers for slug in paper.topics)
    counts = (Count(slug, len(found), own[slug]) for slug, found in catalog.by_topic.items())
    return Coverage(
        papers=len(catalog.papers),
        counts=tuple(sorted(counts, key=lambda count: (-count.papers, count.slug))),
        without_topic=tuple(paper for paper in catalog.papers if not paper.topics),
        terms=_missing_terms(catalog)[:most_terms],
    )


def _missing_terms(catalog: Catalog) -> tuple[Term, ...]:
    known = {
        _key(term) for topic in catalog.vocabulary.topics for term in (topic.title, *topic.terms)
    }
    known_words = {word for term in known for word in term.split()}
    papers: Counter[str] = Counter()
    without: Counter[str] = Counter()
    for paper in catalog.papers:
        for term in set(_terms(paper.title)):
            words = term.split()
            if _key(term) in known or (len(words) == 1 and _key(term) in known_words):
                continue
            papers[term] += 1
            without[term] += not paper.topics
    found = (
        Term(text, count, without[text]) for text, count in papers.items() if count >= FREQUENT
    )
    return tuple(sorted(found, key=lambda term: (-term.without_topic, -term.papers, term.text)))


def _terms(title: str) -> Iterator[str]:
    words = [_singular(word) for word in _WORD.findall(title.casefold())]
    telling = [word not in WORDS and word not in _COMMON and len(word) > 2 for word in words]
    yield from (word for word, tells in zip(words, telling, strict=True) if tells)
    for (one, first), (other, second) in pairwise(zip(words, telling, strict=True)):
        if first and second:
            yield f"{one} {other}"


def _key(term: str) -> str:
    return " ".join(_singular(word) for word in normalise_title(term).split())


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
