"""What is known of some papers before the index is cut: compact, joined, kept as bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papercatalog.search.codec import Cursor, IndexFormatError, pack, put_text, sort_key, unpack
from papercatalog.search.index.arrays import Growing, Numbers
from papercatalog.search.postings import MOST_IMPACT

Column = NDArray[np.unsignedinteger[Any]]
"""Whole numbers of one size."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which paper holds which key, in columns of one length; and where, in columns of another."""

    key: Column
    """The number of the key."""
    paper: Column
    head: Column
    """Impact * 2, and 1 more where the key is in the title."""
    title: Column
    """The key's first place in the title, at most `MOST_FIRST`."""
    count: Column
    """How many places the posting has."""
    place: Column
    """The places of each posting, in order, one posting's after the other's."""
    beside: Column
    """For each place, the codes of the stop words before it, times 16, and after it; 0 for none."""

    @classmethod
    def of(cls, **columns: Numbers) -> Postings:
        """Postings of columns of wider numbers."""
        return cls(**{name: columns[name].astype(kind) for name, kind in KINDS.items()})

    def columns(self) -> Iterator[Column]:
        """The columns, in the order of ``KINDS``."""
        return (getattr(self, name) for name in KINDS)

    def and_fact(self, key: int, values: Sequence[tuple[int, int]]) -> Postings:
        """With one key more, that says a number of each of some papers: paper, number >= 1.

        Numbers above `MOST_VALUE` are taken to be that.
        """
        paper, value = np.array(values, np.int64).T
        value = np.minimum(value, MOST_VALUE)
        none = np.zeros(len(values), np.int64)
        fact = self.of(
            key=none + key, paper=paper, head=value * 2, title=none, count=none,
            place=none[:0], beside=none[:0],
        )  # fmt: skip
        pairs = zip(KINDS, self.columns(), fact.columns(), strict=True)
        return Postings(**{name: np.concatenate(pair) for name, *pair in pairs})


KINDS: dict[str, type[np.unsignedinteger[Any]]] = {
    "key": np.uint32, "paper": np.uint32, "head": np.uint16, "title": np.uint8, "count": np.uint8,
    "place": np.uint16, "beside": np.uint8,
}  # fmt: skip
"""The kind of number of each column of postings."""
MOST_VALUE = 0x7FFF
"""The highest number that a fact says of a paper."""
OF_PLACES = ("place", "beside")
"""The columns that hold a number for each place; the others hold one for each posting."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Some papers, numbered from 0 in any order."""

    ids: list[str]
    dates: list[str]
    """Of each paper, as ISO 8601."""
    cards: list[str]
    """What a list of results shows of each paper, as JSON."""
    authors: list[list[str]]
    """Of each paper, without repetition, by name."""
    keys: list[str]
    """Without repetition, in any order."""
    groups: list[str]
    """Of each key, what it is sorted and found by."""
    postings: Postings

    def by_date(self) -> Summary:
        """The same papers, numbered from the oldest on, then by id."""
        rows = sorted(zip(self.dates, self.ids, range(len(self.ids)), strict=True))
        order = [at for *_, at in rows]
        return replace(
            self,
            ids=[self.ids[at] for at in order],
            dates=[self.dates[at] for at in order],
            cards=[self.cards[at] for at in order],
            authors=[self.authors[at] for at in order],
            postings=replace(self.postings, paper=_places(order)[self.postings.paper]),
        )

    def by_key(self) -> Summary:
        """The same with its keys sorted: by group, then by themselves."""
        names = list(zip(map(sort_key, self.groups), map(sort_key, self.keys), strict=True))
        order = sorted(range(len(names)), key=names.__getitem__)
        return replace(
            self,
            keys=[self.keys[at] for at in order],
            groups=[self.groups[at] for at in order],
            postings=replace(self.postings, key=_places(order)[self.postings.key]),
        )

    def only(self, papers: Sequence[int]) -> Summary:
        """Some of the papers, numbered anew in their order; keys that none of them holds are gone.

        ``papers`` are their numbers, ascending.
        """
        of = self.postings
        is_kept = np.zeros(len(self.ids), bool)
        is_kept[list(papers)] = True
        rows = is_kept[of.paper]
        is_held = np.zeros(len(self.keys), bool)
        is_held[of.key[rows]] = True
        held = np.flatnonzero(is_held).tolist()
        columns = dict(zip(KINDS, of.columns(), strict=True))
        for name, column in columns.items():
            columns[name] = column[np.repeat(rows, of.count) if name in OF_PLACES else rows]
        columns["key"] = _numbers(is_held)[columns["key"]]
        columns["paper"] = _numbers(is_kept)[columns["paper"]]
        return Summary(
            ids=[self.ids[at] for at in papers],
            dates=[self.dates[at] for at in papers],
            cards=[self.cards[at] for at in papers],
            authors=[self.authors[at] for at in papers],
            keys=[self.keys[at] for at in held],
            groups=[self.groups[at] for at in held],
            postings=Postings(**columns),
        )

    def dump(self) -> bytes:
        """The summary as bytes: the texts and sizes as JSON, then the columns, little-endian."""
        of = self.postings
        head = (
            self.ids, self.dates, self.cards, self.authors, self.keys, self.groups,
            len(of.key), len(of.place),
        )  # fmt: skip
        out = bytearray()
        put_text(out, json.dumps(head, ensure_ascii=False, separators=(",", ":")))
        for column in of.columns():
            out += column.astype(column.dtype.newbyteorder("<")).tobytes()
        return pack(bytes(out), level=1)

    @classmethod
    def load(cls, data: bytes, *, trusted: bool = False) -> Summary:
        """The summary that ``dump`` made. Raises IndexFormatError.

        One that is ``trusted`` comes from this very code: that its columns fit is not checked.
        """
        payload = unpack(data)
        cursor = Cursor(payload)
        try:
            ids, dates, cards, authors, keys, groups, size, places = json.loads(cursor.text())
            columns = []
            for name, kind in KINDS.items():
                length = places if name in OF_PLACES else size
                column = np.frombuffer(payload, np.dtype(kind).newbyteorder("<"), length, cursor.at)
                columns.append(column.astype(kind))
                cursor.at += column.nbytes
            found = cls(ids, dates, cards, authors, keys, groups, Postings(*columns))
            sound = cursor.at == len(payload) and (trusted or found._is_sound())
        except (ValueError, TypeError) as error:
            raise IndexFormatError(f"a damaged summary: {error}") from error
        if not sound:
            raise IndexFormatError("a damaged summary: its columns do not fit")
        return found

    def _is_sound(self) -> bool:
        """Whether the columns fit each other and the papers and keys that they name."""
        of = self.postings
        size = len(self.ids)
        texts = chain(self.ids, self.dates, self.cards, self.keys, self.groups, *self.authors)
        return (
            size == len(self.dates) == len(self.cards) == len(self.authors)
            and set(map(type, texts)) <= {str}
            and len(set(self.keys)) == len(self.keys) == len(self.groups)
            and int(of.paper.max(initial=0)) < max(1, size)
            and int(of.key.max(initial=0)) < max(1, len(self.keys))
            and int(of.count.sum(dtype=np.int64)) == len(of.place)
            and self._has_sound_heads()
        )

    def _has_sound_heads(self) -> bool:
        """Whether impacts are such as words have; votes may be any number from 1 on."""
        is_votes = np.array([key.startswith("^") for key in self.keys], bool)
        heads = self.postings.head[~is_votes[self.postings.key]]
        least = int(self.postings.head.min(initial=2))
        return least >= 2 and int(heads.max(initial=2)) <= 2 * MOST_IMPACT + 1


def _places(order: Sequence[int]) -> Column:
    """Where in an order each number stands."""
    return np.argsort(np.array(order, np.int64)).astype(np.uint32)


def _numbers(chosen: NDArray[np.bool_]) -> Column:
    """The number of each one that is chosen, among those."""
    return (np.cumsum(chosen) - chosen).astype(np.uint32)


def join(summaries: Iterable[Summary]) -> Summary:
    """The summary of all papers of some, numbered on."""
    ids: list[str] = []
    dates: list[str] = []
    cards: list[str] = []
    authors: list[list[str]] = []
    firsts: dict[str, int] = {}
    """Where each key first comes among all summaries' keys."""
    groups: list[str] = []
    columns = {name: Growing(kind) for name, kind in KINDS.items()}
    for one in summaries:
        places = range(len(groups), len(groups) + len(one.keys))
        first = np.fromiter(map(firsts.setdefault, one.keys, places), np.uint32, len(places))
        groups += one.groups
        of = one.postings
        of = replace(of, key=first[of.key], paper=of.paper + np.uint32(len(ids)))
        for name in KINDS:
            columns[name].extend(getattr(of, name))
        ids += one.ids
        dates += one.dates
        cards += one.cards
        authors += one.authors
    postings = Postings(**{name: column.filled for name, column in columns.items()})
    kept = list(firsts.values())
    numbers = np.zeros(len(groups), np.uint32)
    numbers[kept] = np.arange(len(kept), dtype=np.uint32)
    postings = replace(postings, key=numbers[postings.key])
    return Summary(
        ids, dates, cards, authors, list(firsts), [groups[first] for first in kept], postings
    )
