"""Words near a word: completions and corrections. ``spelling.js`` is its twin."""

from __future__ import annotations

from collections.abc import Iterable

from papercatalog.search.analysis import stem

COMPLETIONS = 6
"""The most words that a beginning stands for."""
CORRECTIONS = 4
"""The most words that a misspelt one stands for."""


def edits_allowed(word: str) -> int:
    """How many typing errors a word may have: none below four letters, two from eight on."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def anchor(word: str) -> int:
    """How many letters at its beginning or at its end a correction shares with the word.

    One error leaves one of the word's halves whole.
    """
    return 3 if len(word) >= 6 else 2


def distance(one: str, other: str, most: int) -> int:
    """The optimal string alignment distance; ``most + 1`` where it is greater than ``most``.

    Insertions, deletions, substitutions and swaps of neighbours count 1 each.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row, previous = before, [i], row
        for j, against in enumerate(other, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = previous
    return min(row[-1], most + 1)


def pick_completions(start: str, words: Iterable[tuple[str, int]]) -> list[str]:
    """The most frequent of the (word, weight) that begin with ``start``, one a stem."""
    ranked = sorted((-weight, word) for word, weight in words if word.startswith(start))
    found: dict[str, str] = {}
    for _, word in ranked:
        if word != start:
            found.setdefault(stem(word), word)
        if len(found) == COMPLETIONS:
            break
    return list(found.values())


def pick_corrections(word: str, words: Iterable[tuple[str, int]], most: int) -> list[str]:
    """The nearest of the (word, weight), the most frequent first; all at the least distance."""
    size = anchor(word)
    ranked = sorted(
        (distance(word, other, most), -weight, other)
        for other, weight in set(words)
        if other != word and (other[:size] == word[:size] or other[-size:] == word[-size:])
    )
    return [other for edits, _, other in ranked if edits <= most and edits == ranked[0][0]][
        :CORRECTIONS
    ]
