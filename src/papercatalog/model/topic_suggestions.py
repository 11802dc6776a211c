"""Suggests topics for a paper by the terms in its title and abstract, with the reasons.

People decide a paper's topics, on its page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap

from papercatalog.model.terms import split_words
from papercatalog.model.topics import Vocabulary

MAX_SUGGESTIONS = 4
"""The topics that are suggested for a paper, at most."""
TITLE_WEIGHT = 6.0
"""The weight of a term in the title."""
PHRASE_WEIGHT, WORD_WEIGHT = 2.0, 1.0
"""The weight of each occurrence in the abstract of a term of several words, or of one."""
MAX_OCCURRENCES = 3
"""The occurrences of a term in the abstract that count, at most."""
MIN_SCORE = 5.0
"""The score that a suggestion needs."""
MIN_SHARE = 0.3
"""The share of the best topic's score that a suggestion needs."""
SUBTOPIC_BOOST = 1.5
"""The factor for the score of a topic of the second level, in the order of suggestions."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that a text has terms of."""

    slug: str
    score: float
    reasons: tuple[str, ...]
    """The terms found, and where: ``"4-bit", "weight-only" in the title``."""

    def __str__(self) -> str:
        return f"{self.slug}: {'; '.join(self.reasons)}"


def suggest_topics(vocabulary: Vocabulary, title: str, abstract: str) -> tuple[Suggestion, ...]:
    """Suggest topics for a paper, the strongest first.

    Terms match whole words, whatever their case and plural ending; a hyphen of a term is a hyphen,
    a blank or nothing in the text. Of overlapping terms the longest counts. A topic's score is the
    sum of `TITLE_WEIGHT` for each of its terms in the title and of `PHRASE_WEIGHT` or `WORD_WEIGHT`
    for each occurrence in the abstract, `MAX_OCCURRENCES` a term at most. A suggested topic has at
    least `MIN_SCORE` and `MIN_SHARE` of the best score. A topic whose subtopic is suggested is left
    out, since the subtopic implies it.

    Args:
        vocabulary: The catalog's topics.
        title: The title, as plain text.
        abstract: The abstract, as plain text.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    reasons: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for place, text in (("title", title), ("abstract", abstract)):
        for (slug, term), times in Counter(vocabulary.term_index.find_terms(text)).items():
            weight = (
                TITLE_WEIGHT if place == "title" else _weigh(term) * min(times, MAX_OCCURRENCES)
            )
            scores[slug] += weight
            reasons[slug].setdefault(place, []).append(term)
    enough = max(MIN_SCORE, MIN_SHARE * max(scores.values(), default=0.0))
    strong = {slug for slug, score in scores.items() if score >= enough}
    implied = {vocabulary.by_slug[slug].parent for slug in strong}

    def rank(slug: str) -> tuple[float, str]:
        return -scores[slug] * (SUBTOPIC_BOOST if vocabulary.by_slug[slug].parent else 1.0), slug

    chosen = sorted(strong - implied, key=rank)[:MAX_SUGGESTIONS]
    return tuple(
        Suggestion(slug, scores[slug], tuple(starmap(_quote_terms, reasons[slug].items())))
        for slug in chosen
    )


@lru_cache(maxsize=1 << 14)
def _weigh(term: str) -> float:
    return PHRASE_WEIGHT if len(split_words(term)) > 1 else WORD_WEIGHT


def _quote_terms(place: str, terms: Iterable[str]) -> str:
    quoted = (f'"{term}"' for term in terms)
    return f"{', '.join(quoted)} in the {place}"
