"""Related papers: the nearest by the words of title and abstract, found without comparing all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from heapq import nsmallest
from math import log, sqrt

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS

from papercatalog.entry import Entry
from papercatalog.text import plain_text

TERMS = 24
"""How many of a paper's most telling terms are compared."""
POSTINGS = 96
"""How many papers a term brings at most: those in which it tells most."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TITLE_WEIGHT = 3
_stemmer = PorterStemmer()


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return str(_stemmer.stem(word))


def find_related(entries: Iterable[Entry], count: int = 5) -> Mapping[str, tuple[str, ...]]:
    """Name each paper's nearest papers, by id, nearest first, at most ``count``.

    A term weighs its frequency's square root times the logarithm of its rarity (tf-idf); papers
    are compared by the cosine of their `TERMS` heaviest terms. Work grows with the papers times
    `TERMS` times `POSTINGS`.
    """
    frequencies = {entry.id: _frequencies(entry) for entry in entries}
    rarity = Counter(term for terms in frequencies.values() for term in terms)
    size = len(frequencies)
    vectors = {page: _vector(terms, rarity, size) for page, terms in frequencies.items()}
    postings: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for page, vector in vectors.items():
        for term, weight in vector.items():
            postings[term].append((-weight, page))
    heaviest = {term: nsmallest(POSTINGS, found) for term, found in postings.items()}
    related: dict[str, tuple[str, ...]] = {}
    for page, vector in vectors.items():
        scores: dict[str, float] = defaultdict(float)
        for term, weight in vector.items():
            for negative, other in heaviest[term]:
                scores[other] -= weight * negative
        scores.pop(page, None)
        best = nsmallest(count, ((-round(score, 9), other) for other, score in scores.items()))
        related[page] = tuple(other for _, other in best)
    return related


def _frequencies(entry: Entry) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for text, weight in ((entry.title, _TITLE_WEIGHT), (plain_text(entry.abstract), 1)):
        for word in _WORD.findall(text.lower()):
            if word not in WORDS and len(word) > 1:
                found[_stem(word)] += weight
    return found


def _vector(terms: Mapping[str, int], rarity: Mapping[str, int], size: int) -> dict[str, float]:
    weights = (
        (-sqrt(count) * log(1 + size / rarity[term]), term)
        for term, count in terms.items()
        if rarity[term] > 1
    )
    best = nsmallest(TERMS, weights)
    length = sqrt(sum(weight * weight for weight, _ in best)) or 1.0
    return {term: -weight / length for weight, term in best}
