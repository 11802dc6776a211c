"""Completions and corrections of words. ``spelling.js`` finds the same in the browser."""

from __future__ import annotations

from collections.abc import Iterable

from papercatalog.search.analysis import stem
from papercatalog.search.constants import (
    MAX_COMPLETIONS,
    MAX_CORRECTIONS,
    MAX_RARER_BITS,
    MIN_OFFERED_BITS,
)


def max_edits(word: str) -> int:
    """How many typing errors are corrected in a word: none below four letters, two from eight."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def anchor_length(word: str) -> int:
    """How many letters at its beginning or at its end a correction shares with the word.

    One error leaves one half of the word unchanged.
    """
    return 3 if len(word) >= 6 else 2


def edit_distance(one: str, other: str, limit: int) -> int:
    """The optimal string alignment distance; ``limit + 1`` if it exceeds ``limit``.

    Insertions, deletions, substitutions and swaps of neighbours count 1 each; no part of a string
    is edited twice. Source: Boytsov, "Indexing methods for approximate dictionary searching",
    ACM Journal of Experimental Algorithmics 16, 2011.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before_previous, row, previous = before, [i], row
        for j, against in enumerate(other, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before_previous[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before = previous
    return min(row[-1], limit + 1)


def pick_completions(prefix: str, words: Iterable[tuple[str, int]]) -> list[str]:
    """Pick the words with the prefix that are most frequent, one a stem."""
    ranked = sorted((-bits, word) for word, bits in words if word.startswith(prefix))
    found: dict[str, str] = {}
    for _, word in ranked:
        if word != prefix:
            found.setdefault(stem(word), word)
        if len(found) == MAX_COMPLETIONS:
            break
    return list(found.values())


def offer_completions(typed: str, words: Iterable[tuple[str, int]]) -> list[str]:
    """Pick the completions that a reader may be about to type.

    Leaves out words of fewer than four papers. If what is typed is a word itself, also leaves out
    words of its stem, which find the same papers, and words that are more than 16 times as rare.
    """
    known = dict(words)
    own = known.get(typed, 0)
    least = max(MIN_OFFERED_BITS, own - MAX_RARER_BITS)
    offered = (
        (word, bits)
        for word, bits in known.items()
        if bits >= least and not (own and stem(word) == stem(typed))
    )
    return pick_completions(typed, offered)


def pick_corrections(word: str, words: Iterable[tuple[str, int]], limit: int) -> list[str]:
    """Pick the words at the least edit distance, at most ``limit``, the most frequent first."""
    size = anchor_length(word)
    ranked = sorted(
        (edit_distance(word, other, limit), -bits, other)
        for other, bits in set(words)
        if other != word and (other[:size] == word[:size] or other[-size:] == word[-size:])
    )
    least = [other for edits, _, other in ranked if edits <= limit and edits == ranked[0][0]]
    return least[:MAX_CORRECTIONS]
