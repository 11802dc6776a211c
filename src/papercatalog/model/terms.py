"""Topics' terms: their spellings, and the search for them in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, product

MAX_WORDS = 6
"""The words of a term, at most."""

_WORD = re.compile(r"\w+")
_HYPHEN = re.compile(r"[-\u2010\u2011]")


class TermIndex:
    """The terms of all topics, by the words of each spelling."""

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        """Index pairs of a topic's slug and a term; the first of two equal spellings counts."""
        self._terms: dict[tuple[str, ...], tuple[str, str]] = {}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for slug, term in terms:
            for words in spell_term(term):
                self._terms.setdefault(words, (slug, term))
                lengths[words[0]].add(len(words))
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def find_terms(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield slug and term of each occurrence, from left to right.

        Occurrences do not overlap: the longest term that starts at a word is found.
        """
        words = split_words(text)
        end = 0
        for at, word in enumerate(words):
            if at >= end and word in self._lengths:
                for length in self._lengths[word]:
                    found = self._terms.get(words[at : at + length])
                    if found:
                        yield found
                        end = at + length
                        break


def is_term(text: str) -> bool:
    """Whether a text has the number of words that a term may have."""
    return 1 <= len(split_words(text)) <= MAX_WORDS


def spell_term(term: str) -> set[tuple[str, ...]]:
    """Give the spellings of a term, as words: each part with hyphens as several words and as one.

    >>> sorted(spell_term("pre-training"))
    [('pre', 'training'), ('pretraining',)]
    """
    parts = ({split_words(part), split_words(_HYPHEN.sub("", part))} for part in term.split())
    return {words for choice in product(*parts) if (words := tuple(chain.from_iterable(choice)))}


def split_words(text: str) -> tuple[str, ...]:
    """Split a text into words in lower case, without plural endings."""
    return tuple(map(_singular, _WORD.findall(text.casefold())))


@lru_cache(maxsize=1 << 16)
def _singular(word: str) -> str:
    """Strip the plural ending, roughly; terms and texts are treated alike."""
    if len(word) < 4 or not word.endswith("s"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
