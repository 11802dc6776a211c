"""Encodes a shard's posting lists and positions as columns of bytes.

``search.postings`` decodes them; ``docs/guide/search.md`` has the layout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from papercatalog.search.constants import MAX_IMPACT
from papercatalog.search.index.arrays import IntArray, Mask, expand_runs
from papercatalog.search.index.segment import Column

TAIL_FILE_POSTINGS = 8_000
"""Write the tail of a shard's lists, the papers without a word of the stem in the title, to a file
of its own if it has at least this many postings.

The box then often needs no tail at all (``best.js``). Without these files 402 queries of two words
cost 79.1 kB of index on average where they cost 46.5 kB with them, 1.7 times as much, at 100,000
papers grown from 6,132 real ones (``tests/benchmarks/tail_cost.py``); at 10,000 it is 1.04 times.
"""


def encode_varints(numbers: IntArray) -> bytes:
    """Encode numbers >= 0 as varints, one after the other (LEB128)."""
    largest = int(numbers.max(initial=0))
    if largest < 128:
        return numbers.astype(np.uint8).tobytes()
    sizes = np.ones(len(numbers), np.int64)
    for bits in range(7, largest.bit_length(), 7):
        sizes += numbers >> bits > 0
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    at = ends - sizes
    while len(numbers):
        is_longer = numbers > 127
        out[at] = numbers & 127 | is_longer << 7
        numbers, at = numbers[is_longer] >> 7, at[is_longer] + 1
    return out.tobytes()


@dataclass(frozen=True, slots=True)
class EncodedLists:
    """The posting lists of a shard, in columns."""

    head: list[bytes]
    """The columns that every query needs."""
    tail: list[bytes]
    """The columns of papers without a word of the stem in the title."""
    document_frequency: bytes | None
    """How many papers contain a word of each stem; None if the tail gets no file of its own."""
    order: IntArray
    """The indices of the postings, as given, in the order in which they are decoded."""


def encode_posting_lists(
    stem: IntArray,
    is_word: Mask,
    term: IntArray,
    paper: IntArray,
    impact_and_title: IntArray,
    title_position: IntArray,
) -> EncodedLists:
    """Encode the posting lists of a shard.

    Args:
        stem: The number of each term's stem, from 0, ascending.
        is_word: Which terms are words of texts, by `terms.is_text_word`.
        term: The number of each posting's term; postings are sorted by term, then by paper.
        paper: The paper of each posting.
        impact_and_title: The impact of each posting, times 2, plus 1 if the term is in the title.
        title_position: The first position in the title of each posting.
    """
    of_word = is_word[term]
    paper_count = int(paper.max(initial=0)) + 1
    stem_count = int(stem.max(initial=-1)) + 1
    stem_and_paper = stem[term] * paper_count + paper
    in_title, impact = impact_and_title & 1 > 0, impact_and_title >> 1
    # The head has a row for each stem and paper with a word of the stem in the title.
    head_keys, example = np.unique(stem_and_paper[in_title], return_index=True)
    head_bounds = np.searchsorted(head_keys, np.arange(stem_count + 1) * paper_count)
    head_row = np.searchsorted(head_keys, stem_and_paper)
    in_head = np.append(head_keys, -1)[head_row] == stem_and_paper
    in_head &= of_word  # an author's name can have the stem of a word in the title
    in_tail, of_non_word = of_word & ~in_head, ~of_word
    title_counts = np.zeros(len(stem), np.int64)
    title_counts[np.diff(stem, prepend=-1) > 0] = np.diff(head_bounds) + 1
    other_counts = np.bincount(term[~in_head], minlength=len(stem))
    patterns = _number_patterns(stem, head_row[in_head], (2 * term + in_title)[in_head])
    with_position = np.flatnonzero(in_title)
    term_and_impact = term[with_position] * (MAX_IMPACT + 1) + impact[with_position]
    with_position = with_position[np.argsort(term_and_impact, kind="stable")]
    head = [
        encode_varints(np.concatenate([title_counts, other_counts, *patterns.columns])),
        # All words of a title have the same impact: that of any is the row's.
        *_encode_pairs(
            head_keys // paper_count, head_keys % paper_count, impact[in_title][example]
        ),
        encode_varints(patterns.of_rows),
        encode_varints(title_position[with_position]),
        *_encode_pairs(term[of_non_word], paper[of_non_word], impact[of_non_word]),
    ]
    tail = _encode_pairs(term[in_tail], paper[in_tail], impact[in_tail])
    document_frequency = None
    if np.count_nonzero(in_tail) >= TAIL_FILE_POSTINGS:
        containing = np.unique(stem_and_paper[of_word]) // paper_count
        document_frequency = encode_varints(np.bincount(containing, minlength=stem_count))
    order = np.argsort(2 * term + ~in_head, kind="stable")
    return EncodedLists(head, tail, document_frequency, order)


@dataclass(frozen=True, slots=True)
class _TitlePatterns:
    """The title patterns of all stems; `postings.TitlePattern` says what one is."""

    of_rows: IntArray
    """The number of each head row's pattern within its stem, from 0, the most frequent first."""
    columns: tuple[IntArray, IntArray, IntArray]
    """How many patterns each stem has; how many words each pattern has; each word's number within
    the stem times 2, plus 1 if it is in the title."""


def _number_patterns(stem: IntArray, row: IntArray, code: IntArray) -> _TitlePatterns:
    """Number the patterns of titles.

    A member is a word that the paper of a head row contains.

    Args:
        stem: The stem of each term.
        row: The head row of each member; rows are numbered by stem.
        code: The number of each member's term times 2, plus 1 if it is in the title, ascending.
    """
    code = code[np.argsort(row, kind="stable")]
    sizes = np.bincount(row)
    starts = np.cumsum(sizes) - sizes
    number = _number_sequences(code, starts, sizes, 2 * len(stem))
    counts = np.bincount(number)
    example = np.zeros(len(counts), np.int64)
    example[number] = np.arange(len(number))  # any row with the sequence
    stem_of = stem[code[starts[example]] // 2]
    order = np.lexsort((-counts, stem_of))
    order = order[counts[order] > 0]  # mere prefixes of sequences have none
    stem_of, example = stem_of[order], example[order]
    stems = np.arange(int(stem.max(initial=-1)) + 1)
    begin = np.searchsorted(stem_of, stems)
    rank = np.empty_like(counts)
    rank[order] = np.arange(len(order)) - begin[stem_of]
    pattern, member = expand_runs(starts[example], sizes[example])
    codes = code[member] - 2 * np.searchsorted(stem, stems)[stem_of[pattern]]
    return _TitlePatterns(
        rank[number],
        (np.bincount(stem_of, minlength=len(stems)), sizes[example], codes),
    )


def _number_sequences(code: IntArray, starts: IntArray, sizes: IntArray, limit: int) -> IntArray:
    """Number the different sequences of codes below ``limit``, and return each sequence's number.

    Walks a trie of the codes level by level, and numbers its nodes. The number of a sequence is
    that of its last node, so some numbers are those of prefixes only.
    """
    number = np.zeros(len(sizes), np.int64)
    longer, depth, known = np.arange(len(sizes)), 0, 0
    while len(longer):
        path = number[longer] * limit + code[starts[longer] + depth]
        paths, inverse = np.unique(path, return_inverse=True)
        number[longer] = known + inverse
        known += len(paths)
        depth += 1
        longer = longer[sizes[longer] > depth]
    return number


def _encode_pairs(list_: IntArray, numbers: IntArray, values: IntArray) -> list[bytes]:
    """Encode lists of (number, value) as a column of gaps and one of values.

    A gap is how many numbers are left out since the one before in the list. ``list_`` is the number
    of each pair's list, ascending; numbers ascend within a list.
    """
    gaps = np.diff(numbers, prepend=0) - 1
    is_first = np.diff(list_, prepend=-1) != 0
    gaps[is_first] = numbers[is_first]
    return [encode_varints(gaps), encode_varints(values)]


def encode_positions(counts: Column, positions: Column, contexts: Column) -> list[bytes]:
    """Encode the positions of postings as four columns of one byte each.

    Args:
        counts: How many positions each posting has, at most 255.
        positions: The positions, one posting after the other.
        contexts: The stop-word context of each position.

    Returns:
        The counts; the gaps between a posting's positions, lower bytes; upper bytes; the contexts.
    """
    first = (np.cumsum(counts, dtype=np.int64) - counts)[counts > 0]
    gaps = np.diff(positions, prepend=positions.dtype.type(0))
    gaps[first] = positions[first]
    columns = (counts, gaps & 255, gaps >> 8, contexts)
    return [column.astype(np.uint8).tobytes() for column in columns]
