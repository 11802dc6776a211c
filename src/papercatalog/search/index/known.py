"""What is known of an index that was built before: which of its files would be the same now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Mapping, Sequence

import numpy as np

from papercatalog.search.codec import first_name, path_of
from papercatalog.search.index.arrays import Numbers, spread
from papercatalog.search.index.segment import Postings, Summary, join


class Known:
    """The files of an index by what they were made of: those that lie there, and those of now."""

    def __init__(self, data: bytes = b"") -> None:
        """``data`` is what `dump` gave."""
        papers, ids, sources, files = json.loads(data or b'[0, "", "", {}]')
        self._ids: tuple[int, str] = papers, ids
        self._sources: str = sources
        self._files: Mapping[str, str] = files
        self._there: Container[str] = ()
        self._touched: set[str] | None = None
        self._now: dict[str, str] = {}

    def compare(self, sources: str, before: Iterable[Summary], now: Iterable[Summary]) -> None:
        """Find which posting lists are not as they were.

        ``sources`` tells what all papers were read as when the summaries ``before`` were among
        them, which those of ``now`` have taken the places of.
        """
        if sources == self._sources:
            self._touched = find_touched(join(before), join(now))

    def trust(self, there: Container[str]) -> None:
        """Take the files with these paths, below the site, to lie there as they were made."""
        self._there = there

    def count_in(self, ids: Sequence[str]) -> None:
        """Take in how papers are numbered: where those of before are not, all lists are new."""
        count, known = self._ids
        if hash_text("\n".join(ids[:count])) != known:
            self._touched = None
        self._ids = len(ids), hash_text("\n".join(ids))

    def is_same(self, keys: Sequence[str]) -> bool:
        """Whether the posting lists of a shard's keys are what they were and lie there."""
        if self._touched is None or not self._touched.isdisjoint(keys):
            return False
        of = hash_text("\n".join(keys))
        return self.find("places", of) is not None and self.find("rest", of) is not None

    def find(self, folder: str, of: str, ends: Sequence[str] = ("",)) -> bytes | None:
        """The SHA-256 of the file that was made of something and lies there; nothing for no file.

        None is for what is not known. ``of`` tells what the file is made of; several files have
        these ``ends`` of their names, and the SHA-256 is of all.
        """
        known = self._files.get(f"{folder} {of}")
        if not known:
            return None if known is None else b""
        whole = bytes.fromhex(known)
        name = first_name(whole)
        return whole if all(path_of(folder, name + end) in self._there for end in ends) else None

    def keep(self, folder: str, of: str, whole: bytes) -> None:
        """Remember what is made of something now."""
        self._now[f"{folder} {of}"] = whole.hex()

    def dump(self, sources: str) -> bytes:
        """What the next build may know; ``sources`` tells what all papers were read as."""
        return json.dumps([*self._ids, sources, self._now]).encode()


def hash_text(text: str | bytes) -> str:
    """A hash of a text, in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def find_touched(before: Summary, now: Summary) -> set[str]:
    """The keys of which the postings differ between two readings of papers."""
    keys, papers = (
        list(dict.fromkeys([*old, *new]))
        for old, new in ((before.keys, now.keys), (before.ids, now.ids))
    )
    old, new = (_number(of, keys, papers) for of in (before, now))
    both, here, there = np.intersect1d(old, new, assume_unique=True, return_indices=True)
    differs = np.zeros(len(both), bool)
    was, is_now = before.postings, now.postings
    for name in ("head", "title", "count"):
        differs |= getattr(was, name)[here] != getattr(is_now, name)[there]
    here, there, same = here[~differs], there[~differs], both[~differs]
    counts = was.count[here].astype(np.int64)
    row, at = spread(_firsts(was)[here], counts)
    _, at_now = spread(_firsts(is_now)[there], counts)
    moved = row[(was.place[at] != is_now.place[at_now]) | (was.beside[at] != is_now.beside[at_now])]
    rows = (np.setxor1d(old, new, assume_unique=True), both[differs], same[moved])
    return {keys[number] for number in (np.concatenate(rows) % len(keys)).tolist()}


def _number(summary: Summary, keys: Sequence[str], papers: Sequence[str]) -> Numbers:
    """Number each posting by its paper, then its key; both are named in all."""
    numbers = [
        np.array([places[name] for name in names], np.int64)
        for names, places in (
            (summary.keys, {key: place for place, key in enumerate(keys)}),
            (summary.ids, {paper: place for place, paper in enumerate(papers)}),
        )
    ]
    of = summary.postings
    found: Numbers = numbers[1][of.paper] * len(keys) + numbers[0][of.key]
    return found


def _firsts(postings: Postings) -> Numbers:
    """Where each posting's places begin."""
    return np.cumsum(postings.count, dtype=np.int64) - postings.count
