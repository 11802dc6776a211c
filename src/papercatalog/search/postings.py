"""Posting lists: the papers of a term, its impact on each, and its positions.

A list has the papers whose title holds a word of the term's stem first, then the others; each part
is sorted by paper. ``postings.js`` and ``term_shard.js`` decode them in the browser,
``index.encoding`` encodes them. ``docs/guide/search.md`` has the layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, islice, pairwise, repeat
from operator import itemgetter
from typing import NamedTuple

from papercatalog.search.codec import Cursor, IndexFormatError, sort_key
from papercatalog.search.constants import ELSEWHERE_IMPACT
from papercatalog.search.terms import is_text_word, term_stem

_NOT_THERE = "a list of the search index names a paper or a word that is not there"


class Posting(NamedTuple):
    """A paper of a posting list."""

    paper: int
    """Its number: papers are numbered from the oldest, 0, to the newest."""
    impact: int
    """How much the term says about the paper, 1 to `MAX_IMPACT`; for votes their number."""
    title_position: int
    """The term's first position in the title, -1 if it is not there."""


TitlePattern = list[tuple[int, int]]
"""Which words of its stem a paper contains: each word's number in the stem, 1 if it is in the title
and 0 if it is elsewhere."""
Position = tuple[int, int]
"""A position of a word, and its stop-word context: the code of the stop word before it, times 16,
plus the code of the one after it; a code is 0 where no stop word stands."""


def decode_posting_lists(
    head: Cursor, terms: Sequence[str], paper_count: int, load_tail: Callable[[], Cursor] | None
) -> list[list[Posting]]:
    """Decode the posting lists of a shard's terms, without positions.

    Args:
        head: Stands where the lists begin.
        terms: All terms of the shard, in order.
        paper_count: How many papers the index has.
        load_tail: Loads the tail of the lists, if that is a file of its own.

    Raises:
        IndexFormatError: The lists contradict themselves, or name papers that are not there.
    """
    title_counts, other_counts = ([head.varint() for _ in terms] for _ in range(2))
    if "" in terms or not _are_in_order(terms, title_counts):
        raise IndexFormatError("a shard of the search index is not in order")
    stems = groupby(accumulate(map(bool, title_counts)))
    patterns = _read_patterns(head, [len(list(of_stem)) for _, of_stem in stems])
    titles = _read_pairs(head, (count - 1 for count in title_counts if count), repeat(paper_count))
    in_titles = list(_read_title_postings(head, patterns, titles))
    tail_counts = [
        count if is_text_word(term) else 0 for term, count in zip(terms, other_counts, strict=True)
    ]
    non_word_counts = [n - in_tail for n, in_tail in zip(other_counts, tail_counts, strict=True)]
    non_words = _read_pairs(head, non_word_counts, repeat(paper_count))
    tail = head
    if load_tail:
        for _document_frequency in titles:
            head.varint()
        head.finish()
        tail = load_tail()
    in_tail = _read_pairs(tail, tail_counts, repeat(paper_count))
    tail.finish()
    return [
        [
            *postings,
            *(Posting(paper, impact, -1) for pairs in parts for paper, impact in pairs),
        ]
        for postings, *parts in zip(in_titles, non_words, in_tail, strict=True)
    ]


def _are_in_order(terms: Sequence[str], title_counts: Sequence[int]) -> bool:
    """Whether terms are sorted by stem, then by themselves, and counts mark each stem's first."""
    names = [(sort_key(term_stem(term)), sort_key(term)) for term in terms]
    is_new = (one != other for (one, _), (other, _) in pairwise([("", ""), *names]))
    return names == sorted(set(names)) and list(is_new) == list(map(bool, title_counts))


def _read_patterns(cursor: Cursor, sizes: Sequence[int]) -> list[tuple[int, list[TitlePattern]]]:
    """Read each stem's title patterns; give them with its number of terms (``sizes``)."""
    counts = [cursor.varint() for _ in sizes]
    lengths = [[cursor.varint() for _ in range(count)] for count in counts]
    found = [
        (size, [[divmod(cursor.varint(), 2) for _ in range(length)] for length in of_stem])
        for size, of_stem in zip(sizes, lengths, strict=True)
    ]
    for size, patterns in found:
        for pattern in patterns:
            words = [word for word, _ in pattern]
            if words != sorted(set(words)) or any(word >= size for word in words):
                raise IndexFormatError(_NOT_THERE)
    return found


def _read_title_postings(
    cursor: Cursor,
    patterns: Sequence[tuple[int, Sequence[TitlePattern]]],
    titles: Sequence[Sequence[tuple[int, int]]],
) -> Iterator[list[Posting]]:
    """Yield each term's postings of the papers with a word of its stem in the title.

    ``titles`` has each stem's papers, with the impact of its words in their titles.
    """
    numbers = [[cursor.varint() for _ in papers] for papers in titles]
    for (size, of_stem), papers, of_papers in zip(patterns, titles, numbers, strict=True):
        lists: list[list[tuple[int, int, int]]] = [[] for _ in range(size)]
        for (paper, impact), number in zip(papers, of_papers, strict=True):
            if number >= len(of_stem):
                raise IndexFormatError(_NOT_THERE)
            for word, is_in_title in of_stem[number]:
                lists[word].append((paper, impact, is_in_title))
        for rows in lists:
            by_impact = sorted((row for row in rows if row[2]), key=itemgetter(1))
            positions = {paper: cursor.varint() for paper, *_ in by_impact}
            yield [
                Posting(
                    paper, impact if is_in_title else ELSEWHERE_IMPACT, positions.get(paper, -1)
                )
                for paper, impact, is_in_title in rows
            ]


def _read_pairs(
    cursor: Cursor, sizes: Iterable[int], limits: Iterable[int]
) -> list[list[tuple[int, int]]]:
    """Read lists of (number, value), stored as a column of gaps and one of values.

    The numbers of a list ascend and are below its limit.
    """
    numbers = []
    for size, limit in zip(sizes, limits, strict=False):
        gaps = (cursor.varint() + 1 for _ in range(size))
        numbers.append([number - 1 for number in accumulate(gaps)])
        if size and numbers[-1][-1] >= limit:
            raise IndexFormatError(_NOT_THERE)
    return [[(number, cursor.varint()) for number in of_list] for of_list in numbers]


def decode_positions(data: bytes, posting_count: int) -> list[tuple[Position, ...]]:
    """Decode the positions of each of a shard's postings. Raises IndexFormatError."""
    counts = data[:posting_count]
    total = sum(counts)
    if len(data) != posting_count + 3 * total:
        raise IndexFormatError("a file of positions is not as long as its posting lists say")
    columns = (data[at : at + total] for at in range(posting_count, len(data), total or 1))
    rows = iter(zip(*columns, strict=True))
    found = []
    for count in counts:
        position, positions = 0, []
        for low, high, context in islice(rows, count):
            position += low + 256 * high
            positions.append((position, context))
        found.append(tuple(positions))
    return found
