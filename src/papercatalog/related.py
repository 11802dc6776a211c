"""Related papers: the nearest by the words of title and abstract, found without comparing all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from math import log, sqrt

import numpy as np
from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS

TERMS = 20
"""How many of a paper's most telling terms are compared."""
POSTINGS = 80
"""How many papers a term brings at most: those in which it tells most."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TITLE_WEIGHT = 3
_DIGITS = 9
_stemmer = PorterStemmer()

Vector = tuple[tuple[float, str], ...]
"""Weights and terms, the heaviest first; the weights' squares sum to 1."""


def find_related(
    texts: Mapping[str, tuple[str, str]], count: int = 5
) -> dict[str, tuple[str, ...]]:
    """Name each paper's nearest papers, by id, nearest first, at most ``count``.

    ``texts`` gives a title and a plain abstract for each id. A term weighs the square root of its
    frequency times the logarithm of its rarity (tf-idf); papers are compared by the cosine of
    their `TERMS` heaviest terms. Work grows with the papers times `TERMS` times `POSTINGS`.
    """
    pages = sorted(texts)
    frequencies = [_frequencies(*texts[page]) for page in pages]
    papers = Counter(chain.from_iterable(frequencies))
    rarity: dict[str, float] = {
        term: log(1 + len(pages) / number)
        for term, number in papers.items()
        if term is not None and number > 1
    }
    vectors = [_vector(terms, rarity) for terms in frequencies]
    postings = _postings(vectors)
    return {
        page: tuple(pages[other] for other in _nearest(number, vectors[number], postings, count))
        for number, page in enumerate(pages)
    }


@lru_cache(maxsize=200_000)
def _term(word: str) -> str | None:
    return None if word in WORDS or len(word) < 2 else str(_stemmer.stem(word))


def _frequencies(title: str, abstract: str) -> Counter[str | None]:
    found = Counter(map(_term, _WORD.findall(abstract.lower())))
    for word in _WORD.findall(title.lower()):
        found[_term(word)] += _TITLE_WEIGHT
    del found[None]
    return found


def _vector(terms: Mapping[str | None, int], rarity: Mapping[str, float]) -> Vector:
    weights = sorted(
        (-sqrt(count) * rarity[term], term)
        for term, count in terms.items()
        if term is not None and term in rarity
    )
    best = weights[:TERMS]
    length = sqrt(sum(weight * weight for weight, _ in best))
    return tuple((-weight / length, term) for weight, term in best)


def _postings(vectors: Sequence[Vector]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Give for each term the numbers of the papers it tells most in, and its weights there."""
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for weight, term in vector:
            found[term].append((-weight, number))
    heaviest = {term: nsmallest(POSTINGS, papers) for term, papers in found.items()}
    return {
        term: (
            np.array([number for _, number in papers], dtype=np.int64),
            np.array([-weight for weight, _ in papers]),
        )
        for term, papers in heaviest.items()
    }


def _nearest(
    number: int,
    vector: Vector,
    postings: Mapping[str, tuple[np.ndarray, np.ndarray]],
    count: int,
) -> list[int]:
    if not vector:
        return []
    numbers = np.concatenate([postings[term][0] for _, term in vector])
    weights = np.concatenate([postings[term][1] * weight for weight, term in vector])
    papers, places = np.unique(numbers, return_inverse=True)
    scores = np.round(np.bincount(places, weights=weights), _DIGITS)
    order = np.lexsort((papers, -scores))[: count + 1]
    return [int(papers[place]) for place in order if papers[place] != number][:count]
