"""Reports how topics are used: papers per topic, papers without one, terms that no topic has."""

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

BROAD_SHARE = 0.2
"""A topic that more than this share of all papers names is too broad to be of use."""
BROAD_PAPERS = 30
"""A topic with at most this many papers is never too broad."""
FREQUENT_TITLES = 3
"""A term in at least this many titles is frequent."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_UNSPECIFIC = (
    "accurate advancing approach based benchmark beyond complex comprehensive data diverse "
    "effective efficient enhanced enhancing evaluating exploring framework generating high-quality "
    "improve improved improving large large-scale learning method model network neural new novel "
    "performance precise report revisiting robust scalable study system task technical toward "
    "towards unified using via"
)
_UNSPECIFIC_WORDS = frozenset(_UNSPECIFIC.split())


@dataclass(frozen=True, slots=True)
class TopicCount:
    """The number of a topic's papers."""

    slug: str
    papers: int
    """Papers that name it or a subtopic of it."""
    own: int
    """Papers that name it."""


@dataclass(frozen=True, slots=True)
class TitleTerm:
    """One or two words that are frequent in titles and are no topic's term."""

    text: str
    papers: int
    """Papers whose title has it."""
    without_topic: int
    """Those of the papers that have no topic."""


@dataclass(frozen=True, slots=True)
class TopicReport:
    """The catalog's papers by topic, and what the topics miss."""

    papers: int
    counts: tuple[TopicCount, ...]
    """Every topic, that with most papers first."""
    without_topic: tuple[Paper, ...]
    """Newest first."""
    terms: tuple[TitleTerm, ...]
    """The most frequent first."""

    @property
    def empty(self) -> tuple[str, ...]:
        """Topics without a paper, by slug."""
        return tuple(sorted(count.slug for count in self.counts if not count.papers))

    @property
    def broad(self) -> tuple[str, ...]:
        """Topics that too many papers name, by slug; to split them helps readers."""
        most = max(BROAD_PAPERS, BROAD_SHARE * self.papers)
        return tuple(sorted(count.slug for count in self.counts if count.own > most))


def build_topic_report(catalog: Catalog, max_terms: int = 20) -> TopicReport:
    """Count papers by topic, and frequent words of titles that no topic has as a term."""
    own = Counter(slug for paper in catalog.papers for slug in paper.topics)
    counts = (TopicCount(slug, len(found), own[slug]) for slug, found in catalog.by_topic.items())
    return TopicReport(
        papers=len(catalog.papers),
        counts=tuple(sorted(counts, key=lambda count: (-count.papers, count.slug))),
        without_topic=tuple(paper for paper in catalog.papers if not paper.topics),
        terms=_missing_terms(catalog)[:max_terms],
    )


def _missing_terms(catalog: Catalog) -> tuple[TitleTerm, ...]:
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
        TitleTerm(text, count, without[text])
        for text, count in papers.items()
        if count >= FREQUENT_TITLES
    )
    return tuple(sorted(found, key=lambda term: (-term.without_topic, -term.papers, term.text)))


def _terms(title: str) -> Iterator[str]:
    words = [_singular(word) for word in _WORD.findall(title.casefold())]
    specific = [
        word not in WORDS and word not in _UNSPECIFIC_WORDS and len(word) > 2 for word in words
    ]
    yield from (word for word, kept in zip(words, specific, strict=True) if kept)
    for (one, first), (other, second) in pairwise(zip(words, specific, strict=True)):
        if first and second:
            yield f"{one} {other}"


def _key(term: str) -> str:
    return " ".join(_singular(word) for word in normalise_title(term).split())


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
