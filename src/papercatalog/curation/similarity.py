"""How similar two papers are in title, abstract and authors, and what that proves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from papercatalog.model.ids import normalise_title
from papercatalog.model.paper import Paper

MIN_TITLE = 75
"""Titles with a lower similarity, in percent, prove nothing."""
MISSPELT_TITLE = 95
"""From this similarity on, in percent, titles differ by a typing error, unless numbers differ."""
SHARED_AUTHORS = 50
"""From this share of the shorter list on, in percent, the authors are the same people."""
MIN_ABSTRACT = 100
"""Abstracts with fewer characters prove nothing."""
SAME_ABSTRACT = 80
"""From this similarity on, in percent, two texts are one abstract."""
LIKELY_ABSTRACT = 75
"""From this similarity on, in percent, papers are likely one, whatever their titles."""
LIKELY_PHRASES = 40
"""From this share of phrases on, in percent, papers are likely one, whatever their titles.

Of the phrases of two different papers at most 5 % were the same among 4,000 random pairs, and at
least 85 % where the sentences of an abstract were shuffled and a third to two thirds left out.
"""
REWRITTEN_PHRASES = 10
"""From this share of phrases on, in percent, one abstract is a new version of the other.

It counts only beside the same title and the same authors.
"""

SURE = ((75, 90, 0), (90, 80, 0), (90, 65, SHARED_AUTHORS))
"""Similarities of title, abstract and authors, in percent, that together prove one paper."""

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Similarity:
    """What two papers share, each in percent; None if one of them lacks it."""

    title: float
    abstract: float | None
    """By the edit distance of the texts: low if sentences are moved or left out."""
    authors: float | None
    """The share of the shorter list's names that the longer list has."""
    same_numbers: bool
    """Whether the titles have the same numbers: a second paper is often called the same, but 2."""
    phrases: float | None = None
    """The share of the shorter abstract's phrases that the other has, wherever they stand."""

    def is_sure(self) -> bool:
        """Whether the two are surely one paper."""
        if not self.same_numbers:
            return False
        authors = self.authors or 0
        if self.abstract is None:
            return self.title >= MISSPELT_TITLE and authors >= SHARED_AUTHORS
        return any(
            self.title >= title and self.abstract >= abstract and authors >= least
            for title, abstract, least in SURE
        )

    def is_likely(self) -> bool:
        """Whether a person should compare the two."""
        if (self.abstract or 0) >= LIKELY_ABSTRACT or (self.phrases or 0) >= LIKELY_PHRASES:
            return True
        return self.title >= MISSPELT_TITLE and self.same_numbers

    def contradicts_title(self) -> str:
        """Say why two papers under one title may be two all the same; empty if nothing says so."""
        other_authors = self.authors == 0
        if self.abstract is None:
            return "other authors" if other_authors else ""
        if self.abstract >= SAME_ABSTRACT:
            return ""
        phrases = self.phrases or 0
        if other_authors:
            return "other authors and another abstract"
        same_authors = (self.authors or 0) >= SHARED_AUTHORS
        least = REWRITTEN_PHRASES if same_authors else LIKELY_PHRASES
        return "" if phrases >= least else "another abstract"

    def __str__(self) -> str:
        parts = [f"titles {self.title:.0f} % alike"]
        if self.abstract is not None:
            parts.append(f"abstracts {self.abstract:.0f} % alike")
        if self.phrases is not None and self.phrases > (self.abstract or 0):
            parts.append(f"{self.phrases:.0f} % of the shorter abstract's phrases the same")
        if self.authors is not None:
            parts.append(f"{self.authors:.0f} % of the authors the same")
        if not self.same_numbers:
            parts.append("other numbers in the title")
        return ", ".join(parts)


def compare_papers(one: Paper, other: Paper) -> Similarity:
    """Compare two papers.

    Titles and abstracts are compared by the Indel distance of their characters. Where that leaves
    doubt, abstracts are compared by their phrases too: the containment of three-word sequences (A.
    Broder, "On the resemblance and containment of documents", 1997).
    """
    titles = one.title_key, other.title_key
    abstract = phrases = None
    if min(len(one.abstract), len(other.abstract)) >= MIN_ABSTRACT:
        abstract = fuzz.ratio(one.abstract, other.abstract)
        if abstract < SAME_ABSTRACT:
            phrases = _contained(_phrases(one.abstract), _phrases(other.abstract))
    numbers = [sorted(_NUMBER.findall(title)) for title in titles]
    return Similarity(
        title=fuzz.ratio(*titles),
        abstract=abstract,
        authors=_contained(set(map(_name_key, one.authors)), set(map(_name_key, other.authors))),
        same_numbers=numbers[0] == numbers[1],
        phrases=phrases,
    )


def _phrases(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def _contained(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float | None:
    """Give the share of the smaller set that the other has, in percent; None if one is empty."""
    if not one or not other:
        return None
    return 100 * len(one & other) / min(len(one), len(other))


def _name_key(name: str) -> tuple[str, ...]:
    """Give a name's first letter and surname, since sources abbreviate the rest."""
    words = normalise_title(name).split()
    return (words[0][:1], words[-1]) if words else ("", name)
