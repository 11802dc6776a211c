"""Words and pairs of words in titles that rise or fall.

The papers of the last days are compared with those before as `trends` compares topics: by the
share of titles that have the term, with a z-test of two proportions. Thousands of terms are tested,
so that z must be larger than for one: with `LEVEL` / number of terms on either side (Bonferroni),
chance names any term at all in one of twenty catalogs.
https://en.wikipedia.org/wiki/Bonferroni_correction
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import NormalDist
from typing import NamedTuple

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.terms import split_words
from papercatalog.outputs.trends import compare_shares, find_periods
from papercatalog.search.analysis import STOP_WORDS
from papercatalog.text import plain_title

LEVEL = 0.05
"""The chance that any term is named though none has changed."""
LEAST_EXPECTED = 5
"""The fewest papers that chance alone leads to expect in either period: a z-test needs so many."""
MOST = 15
"""How many rising terms, and how many falling ones, are named."""
_SEGMENT = re.compile(r"[^:;,.?!()\[\]–—|]+")
_WORD = re.compile(r"\w+")
_STOPS = frozenset(STOP_WORDS)


class TermTrend(NamedTuple):
    """A term with the papers whose titles have it."""

    term: str
    """As most titles spell it."""
    now: int
    before: int
    z: float
    """Positive for a rising term."""


class TermTrends(NamedTuple):
    """The terms that rise and fall, the surest first, and how they were found."""

    rising: tuple[TermTrend, ...]
    falling: tuple[TermTrend, ...]
    recent: int
    """How many papers are recent."""
    before: int
    """How many papers they are compared with."""
    tested: int
    """How many terms are frequent enough."""
    least_z: float


def find_term_trends(catalog: Catalog) -> TermTrends | None:
    """Find the terms that rise or fall; None where the catalog is too young."""
    periods = find_periods(catalog)
    if not periods:
        return None
    recent, before = periods.split(catalog.papers)
    now, then = _count(recent), _count(before)
    if not before:
        return None
    least = LEAST_EXPECTED * (len(recent) + len(before)) / min(len(recent), len(before))
    tested = [term for term in now.keys() | then.keys() if now[term] + then[term] >= least]
    least_z = NormalDist().inv_cdf(1 - LEVEL / 2 / len(tested)) if tested else 0.0
    found = []
    for term in tested:
        z = compare_shares(now[term], len(recent), then[term], len(before))
        if abs(z) >= least_z:
            found.append((-abs(z), term, z))
    found.sort()
    rising = [(term, z) for _, term, z in found if z > 0][:MOST]
    falling = [(term, z) for _, term, z in found if z < 0][:MOST]
    spelt = _spell({term for term, _ in (*rising, *falling)}, (*recent, *before))

    def describe(terms: Iterable[tuple[str, float]]) -> tuple[TermTrend, ...]:
        return tuple(TermTrend(spelt[term], now[term], then[term], z) for term, z in terms)

    trends = describe(rising), describe(falling)
    return TermTrends(*trends, len(recent), len(before), len(tested), least_z)


def list_terms(title: str) -> dict[str, str]:
    """List the words and pairs of words of a title, reduced, each as it is spelt there.

    Stop words, numbers and single letters are left out, also from pairs. Punctuation ends a pair.

    >>> list_terms("Diffusion Models: a survey of agents")
    {'diffusion': 'Diffusion', 'model': 'Models', 'diffusion model': 'Diffusion Models', \
'survey': 'survey', 'agent': 'agents'}
    """
    terms = {}
    for segment in _SEGMENT.findall(plain_title(title)):
        words = [(word, _reduce(word)) for word in _WORD.findall(segment)]
        terms.update({reduced: word for word, reduced in words if reduced})
        for (first, one), (second, other) in pairwise(words):
            if one and other:
                terms[f"{one} {other}"] = f"{first} {second}"
    return terms


def _count(papers: Sequence[Paper]) -> Counter[str]:
    """Count the titles that have each term."""
    counts: Counter[str] = Counter()
    for paper in papers:
        counts.update(list_terms(paper.title).keys())
    return counts


def _spell(terms: set[str], papers: Iterable[Paper]) -> dict[str, str]:
    """Find the commonest spelling of each term, of two as common the first in the alphabet."""
    spellings: dict[str, Counter[str]] = {term: Counter() for term in terms}
    for paper in papers if terms else ():
        for term, spelling in list_terms(paper.title).items():
            if term in terms:
                spellings[term][spelling] += 1
    return {
        term: min(counts, key=lambda word: (-counts[word], word))
        for term, counts in spellings.items()
    }


@lru_cache(maxsize=1 << 16)
def _reduce(word: str) -> str:
    """Reduce a word to lower case without plural ending; empty where it is no term."""
    lower = word.casefold()
    if len(lower) < 2 or lower in _STOPS or lower[0].isdigit():
        return ""
    return " ".join(split_words(lower))
