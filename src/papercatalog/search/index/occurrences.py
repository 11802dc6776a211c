"""Finds every occurrence of every term in many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from papercatalog.search.index.arrays import IntArray, expand_runs, int_array
from papercatalog.search.index.token_table import TokenTable


class Occurrences(NamedTuple):
    """The occurrences of terms in texts; the arrays but ``lengths`` have one element for each."""

    terms: Sequence[str]
    """The different terms, by first occurrence."""
    term: IntArray
    """The number of the term."""
    text: IntArray
    """The number of the text."""
    position: IntArray
    """The position in the text, counted in words from 0."""
    stop_word_context: IntArray
    """The code of the stop word before it, times 16, plus the code of the one after it."""
    lengths: IntArray
    """How many words each text has, stop words included."""


def find_occurrences(texts: Sequence[Sequence[str]], table: TokenTable) -> Occurrences:
    """Find the occurrences of all terms in texts, each given as its tokens."""
    token = table.number_tokens(texts)
    width, first, last, count = map(table.column, ("width", "first", "last", "count"))
    term, offset, before, after = map(table.column, ("term", "offsets", "before", "after"))

    text = np.repeat(np.arange(len(texts)), int_array(map(len, texts)))
    has_words = width[token] > 0
    token, text = token[has_words], text[has_words]
    words_before = np.concatenate(([0], np.cumsum(width[token])))
    bounds = np.searchsorted(text, np.arange(len(texts) + 1))
    starts = words_before[bounds[:-1]]
    is_continued = np.concatenate(([False], text[1:] == text[:-1]))[: len(text)]
    continues = np.concatenate((is_continued[1:], [False]))[: len(text)]
    stop_before = np.where(is_continued, np.roll(last[token], 1), 0)
    stop_after = np.where(continues, np.roll(first[token], -1), 0)

    at, row = expand_runs((np.cumsum(count) - count)[token], count[token])
    in_token = offset[row]
    terms, numbers = _number_by_first_use(term[row])
    return Occurrences(
        [table.terms[number] for number in terms],
        numbers,
        text[at],
        (words_before[:-1] - starts[text])[at] + in_token,
        np.where(in_token == 0, stop_before[at], before[row]) << 4
        | np.where(in_token == width[token][at] - 1, stop_after[at], after[row]),
        words_before[bounds[1:]] - starts,
    )


def _number_by_first_use(values: IntArray) -> tuple[list[int], IntArray]:
    """List the different values by first use, and give each value's index in that list."""
    different, firsts, inverse = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return different[order].tolist(), rank[inverse]
